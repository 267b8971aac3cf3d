package dev.clinicnet.operator.golden;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;

/** A way to ngrok that notes every request which changes something, as it is sent. */
final class RecordedRequests implements AutoCloseable {
  private static final List<String> HEADERS =
      List.of("Authorization", "Ngrok-Version", "Content-Type");
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpServer server;
  private final URI ngrok;
  private final Trace trace;
  private final HttpClient http = HttpClient.newHttpClient();

  RecordedRequests(URI ngrok, Trace trace) throws IOException {
    this.ngrok = ngrok;
    this.trace = trace;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      HttpResponse<byte[]> answer = forward(exchange, body);
      String method = exchange.getRequestMethod();
      if (!method.equals("GET")) {
        String what = method + " " + exchange.getRequestURI() + ": " + answer.statusCode();
        if (body.length == 0) {
          trace.step(what);
        } else {
          trace.step(what, JSON.readTree(body));
        }
      }
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      int length = answer.body().length;
      exchange.sendResponseHeaders(answer.statusCode(), length == 0 ? -1 : length);
      exchange.getResponseBody().write(answer.body());
    }
  }

  private HttpResponse<byte[]> forward(HttpExchange exchange, byte[] body) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(ngrok.resolve(exchange.getRequestURI().toString()))
            .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body));
    for (String header : HEADERS) {
      String value = exchange.getRequestHeaders().getFirst(header);
      if (value != null) {
        request.header(header, value);
      }
    }
    try {
      return http.send(request.build(), BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
