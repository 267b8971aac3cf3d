package dev.clinicnet.simulator.edge;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An upstream that speaks HTTP. */
final class HTTPUpstream implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  HTTPUpstream(HttpHandler handler) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", handler);
    server.setExecutor(threads);
    server.start();
  }

  /** Answers with its name, and the method, target and fields that it got. */
  static HTTPUpstream named(String name) throws IOException {
    return new HTTPUpstream(exchange -> describe(exchange, name));
  }

  InetSocketAddress address() {
    return server.getAddress();
  }

  private static void describe(HttpExchange exchange, String name) throws IOException {
    StringBuilder text = new StringBuilder(name).append('\n');
    text.append(exchange.getRequestMethod()).append(' ');
    text.append(exchange.getRequestURI()).append('\n');
    exchange
        .getRequestHeaders()
        .forEach((field, values) -> text.append(field).append(": ").append(values).append('\n'));
    byte[] body = exchange.getRequestBody().readAllBytes();
    text.append("body: ").append(body.length).append('\n');
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(200, head ? -1 : bytes.length);
    if (!head) {
      exchange.getResponseBody().write(bytes);
    }
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
