package dev.clinicnet.operator.agent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What an endpoint of a site kit says about its lock. It is in the metadata of the endpoint, which
 * ngrok lists while an agent binds it. So the cluster knows what the installed file demands.
 */
public final class LockNote {
  /** What a tls endpoint demands: a certificate of the client. */
  public static final String CLIENT_CERTIFICATE = "client-certificate";

  private static final String MEMBER = "internalLock";
  private static final ObjectMapper JSON = new ObjectMapper();

  private LockNote() {}

  /**
   * The metadata of an endpoint.
   *
   * @param admitted the {@link LockKeys#hash} of each secret that opens it, or {@link
   *     #CLIENT_CERTIFICATE}
   */
  static String metadata(List<String> admitted) {
    try {
      return JSON.writeValueAsString(Map.of(MEMBER, admitted));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("strings always have a JSON form", e);
    }
  }

  /**
   * What opens an endpoint. It is empty for an endpoint without a lock.
   *
   * @param metadata as ngrok lists it; may be null
   */
  public static List<String> admitted(String metadata) {
    List<String> admitted = new ArrayList<>();
    if (metadata != null) {
      try {
        JsonNode list = JSON.readTree(metadata).path(MEMBER);
        list.forEach(one -> admitted.add(one.asText()));
      } catch (JsonProcessingException e) {
        // Files that people wrote have other metadata.
        return List.of();
      }
    }
    return List.copyOf(admitted);
  }
}
