package dev.clinicnet.simulator.agentapi;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/** The server of one agent's API: a port on loopback that represents its {@code web_addr}. */
public final class AgentServer implements AutoCloseable {
  private static final int MAX_BODY = 1 << 20;

  private final HttpServer server;

  private AgentServer(HttpServer server) {
    this.server = server;
  }

  /** Answers requests. */
  @FunctionalInterface
  public interface Service {

    /** The answer; empty if the connection must end without one. */
    Optional<AgentAnswer> answer(AgentRequest request) throws InterruptedException;
  }

  /**
   * Listens on a free port.
   *
   * @throws IOException if no port is free
   */
  public static AgentServer open(Service service, Executor threads) throws IOException {
    HttpServer server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", exchange -> serve(exchange, service));
    server.start();
    return new AgentServer(server);
  }

  /** The port. */
  public InetSocketAddress address() {
    return server.getAddress();
  }

  /** Stops at once, and cuts its connections. */
  @Override
  public void close() {
    server.stop(0);
  }

  private static void serve(HttpExchange exchange, Service service) throws IOException {
    try (exchange) {
      Optional<AgentAnswer> answer = service.answer(request(exchange));
      if (answer.isPresent()) {
        write(exchange, answer.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static AgentRequest request(HttpExchange exchange) throws IOException {
    URI target = exchange.getRequestURI();
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY + 1);
    return new AgentRequest(
        exchange.getRequestMethod(),
        AgentPath.of(target.toString()),
        exchange.getRequestHeaders().getOrDefault("Host", List.of()),
        type == null ? "" : type,
        new String(body, StandardCharsets.UTF_8),
        body.length > MAX_BODY);
  }

  private static void write(HttpExchange exchange, AgentAnswer answer) throws IOException {
    if (answer.body() == null) {
      exchange.sendResponseHeaders(answer.status(), -1);
      return;
    }
    byte[] body = answer.body().toString().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(answer.status(), body.length);
    exchange.getResponseBody().write(body);
  }
}
