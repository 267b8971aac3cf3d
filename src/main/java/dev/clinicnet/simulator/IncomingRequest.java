package dev.clinicnet.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/**
 * A request as it came over the wire.
 *
 * @param query the undecoded query, null without one
 * @param tooLarge whether the body was longer than the part that was read
 * @param header reads a header; null if it is absent
 */
record IncomingRequest(
    String method,
    String path,
    String query,
    UnaryOperator<String> header,
    String body,
    boolean tooLarge,
    String base) {

  static final int MAX_BODY = 1 << 20;

  static IncomingRequest of(HttpExchange exchange) throws IOException {
    String host = exchange.getRequestHeaders().getFirst("Host");
    String base = "http://" + (host == null ? local(exchange) : host);
    byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY + 1);
    return new IncomingRequest(
        exchange.getRequestMethod(),
        exchange.getRequestURI().getRawPath(),
        exchange.getRequestURI().getRawQuery(),
        name -> exchange.getRequestHeaders().getFirst(name),
        new String(body, StandardCharsets.UTF_8),
        body.length > MAX_BODY,
        base);
  }

  /**
   * The body as a JSON object.
   *
   * @throws IllegalArgumentException if it is not one
   */
  ObjectNode object() {
    try {
      if (Json.parse(body) instanceof ObjectNode object) {
        return object;
      }
    } catch (IOException e) {
      // The refusal is the same as for JSON that is not an object.
    }
    throw new IllegalArgumentException("the body must be a JSON object");
  }

  private static String local(HttpExchange exchange) {
    return "127.0.0.1:" + exchange.getLocalAddress().getPort();
  }
}
