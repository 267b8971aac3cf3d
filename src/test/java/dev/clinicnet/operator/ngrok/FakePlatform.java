package dev.clinicnet.operator.ngrok;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server on loopback that answers what a test has queued, and keeps what it was asked. */
final class FakePlatform implements AutoCloseable {
  static final String KEY = "2aaaaaaaaaaaaaaaaaaaaaaaaaa_4PlantedPlantedPlanted";
  static final String OPERATION = "op_2bbbbbbbbbbbbbbbbbbbbbbbbbb";

  /** The requests that arrived. */
  record Received(String method, String target, Map<String, List<String>> headers, String body) {
    String header(String name) {
      List<String> values = headers.get(name);
      return values == null ? null : String.join("|", values);
    }
  }

  /** Answers one request. */
  interface Reply {
    void to(HttpExchange exchange) throws IOException, InterruptedException;
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Queue<Reply> replies = new ConcurrentLinkedQueue<>();
  final List<Received> received = new CopyOnWriteArrayList<>();

  FakePlatform() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    server.createContext("/", this::serve);
    server.setExecutor(threads);
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Answers the next unanswered request with a status and a body; null for no body. */
  FakePlatform replies(int status, String body) {
    return replies(status, body, Map.of());
  }

  FakePlatform replies(int status, String body, Map<String, String> headers) {
    replies.add(exchange -> send(exchange, status, body, headers));
    return this;
  }

  /** Refuses as the platform does. */
  FakePlatform refuses(int status, int code, String msg) {
    return replies(status, refusal(status, "ERR_NGROK_" + code, msg));
  }

  /** Reads the request, does it for all that anybody knows, and hangs up. */
  FakePlatform hangsUp() {
    replies.add(HttpExchange::close);
    return this;
  }

  /** Does not answer for so long. */
  FakePlatform stalls(Duration time) {
    replies.add(
        exchange -> {
          Thread.sleep(time.toMillis());
          send(exchange, 200, "{}", Map.of());
        });
    return this;
  }

  /** The platform's body of a refusal; {@code code} may be null. */
  static String refusal(int status, String code, String msg) {
    return "{"
        + (code == null ? "" : "\"error_code\":\"" + code + "\",")
        + "\"status_code\":"
        + status
        + ",\"msg\":\""
        + msg
        + "\",\"details\":{\"operation_id\":\""
        + OPERATION
        + "\"}}";
  }

  NgrokClientOptions options() {
    return NgrokClientOptions.of(url(), () -> KEY)
        .withTimeouts(Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(10));
  }

  OkHttpNgrokApi client() {
    return client(options(), freshBudget());
  }

  static OkHttpNgrokApi client(NgrokClientOptions options, Budget budget) {
    return new OkHttpNgrokApi(
        options, budget, WriteGuard.ALWAYS, RequestObserver.NONE, repetition -> {});
  }

  static Budget freshBudget() {
    return new Budget(BudgetOptions.perMinute(120).withFreshStart(), System::nanoTime);
  }

  private void serve(HttpExchange exchange) throws IOException {
    Headers headers = exchange.getRequestHeaders();
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    received.add(
        new Received(
            exchange.getRequestMethod(),
            exchange.getRequestURI().toString(),
            Map.copyOf(headers),
            body));
    Reply reply = replies.poll();
    try {
      if (reply == null) {
        send(exchange, 500, "no reply queued", Map.of());
      } else {
        reply.to(exchange);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void send(
      HttpExchange exchange, int status, String body, Map<String, String> headers)
      throws IOException {
    headers.forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    if (body == null) {
      exchange.sendResponseHeaders(status, -1);
    } else {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(status, bytes.length);
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
