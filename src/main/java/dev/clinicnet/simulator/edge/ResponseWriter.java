package dev.clinicnet.simulator.edge;

import dev.clinicnet.simulator.traffic.HTTPResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;

/** Sends responses to a client. */
final class ResponseWriter {
  private static final String LENGTH = "Content-Length";
  private static final int NO_CONTENT = 204;
  private static final int NOT_MODIFIED = 304;

  private final ServerSide client;
  private final Wire wire;

  ResponseWriter(ServerSide client, Wire wire) {
    this.wire = wire;
    this.client = client;
  }

  /** Tells a client that it may send its body. */
  void invite() throws IOException {
    try {
      client.sendResponseHeader(new BasicClassicHttpResponse(100));
      client.flush();
    } catch (HttpException e) {
      throw new IOException(e);
    }
  }

  /**
   * Sends a response, with its body as it arrives.
   *
   * @param http11 whether the client can read a body in chunks
   * @param lasts whether the connection stays open after it
   */
  void send(HTTPResponse response, String method, boolean http11, boolean lasts)
      throws IOException {
    ClassicHttpResponse head = new BasicClassicHttpResponse(response.status());
    for (Map.Entry<String, String> field : response.headers().fields()) {
      if (!HopByHop.isOne(field.getKey())) {
        head.addHeader(field.getKey(), field.getValue());
      }
    }
    boolean hasBody = hasBody(response.status(), method);
    InputStream body = response.body();
    if (!(body instanceof UpstreamBody)) {
      // The text comes from a policy or from the edge.
      byte[] text = body.readAllBytes();
      body = new ByteArrayInputStream(text);
      if (hasBody) {
        head.setHeader(LENGTH, text.length);
      }
    }
    if (response.status() == NO_CONTENT) {
      head.removeHeaders(LENGTH);
    }
    if (hasBody && !head.containsHeader(LENGTH) && http11) {
      head.setHeader("Transfer-Encoding", "chunked");
    }
    if (!lasts) {
      head.setHeader("Connection", "close");
    }
    try {
      client.sendResponseHeader(head);
      if (hasBody) {
        head.setEntity(new StreamedEntity(body, wire::cut));
        client.sendResponseEntity(head);
      }
      client.flush();
    } catch (HttpException e) {
      throw new IOException(e);
    }
  }

  private static boolean hasBody(int status, String method) {
    return !method.equals("HEAD") && status != NO_CONTENT && status != NOT_MODIFIED;
  }
}
