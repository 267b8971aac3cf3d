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

/** A proxy to ngrok. While it is broken, it answers deletions like a router without that path. */
public final class Detour implements AutoCloseable {
  private static final List<String> HEADERS =
      List.of("Authorization", "Ngrok-Version", "Content-Type");

  private final HttpServer server;
  private final URI ngrok;
  private final HttpClient http = HttpClient.newHttpClient();
  private volatile boolean broken = true;

  public Detour(URI ngrok) throws IOException {
    this.ngrok = ngrok;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  public void mend() {
    broken = false;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (broken && exchange.getRequestMethod().equals("DELETE")) {
        String path = exchange.getRequestURI().getPath();
        String body =
            "{\"status_code\":404,\"msg\":\"Not Found\",\"details\":{\"path\":\"" + path + "\"}}";
        answer(exchange, 404, body.getBytes(StandardCharsets.UTF_8));
      } else {
        HttpResponse<byte[]> real = forward(exchange);
        answer(exchange, real.statusCode(), real.body());
      }
    }
  }

  private HttpResponse<byte[]> forward(HttpExchange exchange) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(ngrok.resolve(exchange.getRequestURI().toString()))
            .method(
                exchange.getRequestMethod(),
                BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
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

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
