package dev.clinicnet.simulator.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What the platform sends first on a stream that carries a client's connection: the type, a length
 * in 8 bytes, little-endian, and this as JSON. The client's bytes follow.
 *
 * @param id the bind id of the endpoint
 * @param clientAddress host and port of the client
 * @param proto the scheme of the endpoint
 * @param edgeType 1 for tcp, 2 for tls, 3 for http and https
 * @param passthroughTLS whether the bytes are the client's own TLS
 */
public record ProxyStart(
    @JsonProperty("Id") String id,
    @JsonProperty("ClientAddr") String clientAddress,
    @JsonProperty("Proto") String proto,
    @JsonProperty("EdgeType") String edgeType,
    @JsonProperty("PassthroughTLS") boolean passthroughTLS) {

  /** A connection through an endpoint. */
  public static ProxyStart of(String id, String clientAddress, String scheme, boolean encrypted) {
    String edgeType =
        switch (scheme) {
          case "tcp" -> "1";
          case "tls" -> "2";
          default -> "3";
        };
    return new ProxyStart(id, clientAddress, scheme, edgeType, encrypted);
  }

  byte[] bytes() {
    byte[] json = Messages.bytes(this);
    return ByteBuffer.allocate(4 + 8 + json.length)
        .putInt(RequestType.PROXY.number())
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(json.length)
        .put(json)
        .array();
  }
}
