package dev.clinicnet.testkit;

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
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A proxy to ngrok, for a test that notes requests or answers some of them itself. */
public class NgrokProxy implements AutoCloseable {
  private static final List<String> HEADERS =
      List.of("Authorization", "Ngrok-Version", "Content-Type");

  private final HttpServer server;
  private final URI ngrok;
  private final HttpClient http = HttpClient.newHttpClient();

  protected NgrokProxy(URI ngrok) throws IOException {
    this.ngrok = ngrok;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  /** An answer in JSON. */
  protected record Answer(int status, String body) {}

  public final URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** The API that a request goes to. */
  protected URI target(HttpExchange exchange) {
    return ngrok;
  }

  /** What a request is answered: what ngrok answers, unless a subclass decides otherwise. */
  protected Answer answer(HttpExchange exchange, byte[] body) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(target(exchange).resolve(exchange.getRequestURI().toString()))
            .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body));
    for (String header : HEADERS) {
      String value = exchange.getRequestHeaders().getFirst(header);
      if (value != null) {
        request.header(header, value);
      }
    }
    try {
      HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
      return new Answer(answer.statusCode(), answer.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      Answer answer = answer(exchange, body);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      byte[] text = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(answer.status(), text.length == 0 ? -1 : text.length);
      exchange.getResponseBody().write(text);
    }
  }

  @Override
  public final void close() {
    server.stop(0);
  }
}
