package dev.clinicnet.operator.fleetpage;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves the fleet page over HTTP, to viewers who are known, for reading only. */
public final class FleetPageServer implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(FleetPageServer.class);
  private static final int THREADS = 16;

  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none';"
          + " frame-ancestors 'none'";

  private final HttpServer server;
  private final ExecutorService threads =
      Executors.newFixedThreadPool(THREADS, FleetPageServer::daemon);
  private final Login login;
  private final Pages pages;

  /**
   * Starts the server.
   *
   * @param nanos a monotonic time in nanoseconds
   * @throws IOException when the port is taken
   */
  public FleetPageServer(
      FleetPageOptions options,
      FleetSource source,
      Reviews reviews,
      Clock clock,
      LongSupplier nanos)
      throws IOException {
    Optional<Supplier<Optional<String>>> secret = options.proxySecret();
    login =
        secret.isPresent() ? new ProxyLogin(secret.get(), nanos) : new TokenLogin(reviews, nanos);
    pages = new Pages(source, new Sight(reviews, nanos), clock);
    server = HttpServer.create(new InetSocketAddress(options.port()), 0);
    server.setExecutor(threads);
    server.createContext("/", this::serve);
    server.start();
  }

  /** The port of the server. */
  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      Pages.Answer answer;
      try {
        answer = answer(exchange);
      } catch (ReviewFailure e) {
        LOGGER.warn("a fleet page was not shown: {}", e.getMessage());
        answer =
            Pages.Answer.text(
                503,
                "The operator cannot show this now: it starts or stops, or Kubernetes does not say"
                    + " who you are and what you may see. Try again.");
      } catch (RuntimeException e) {
        LOGGER.error("the fleet page failed", e);
        answer = Pages.Answer.text(500, "The page failed. The operator's log says why.");
      }
      send(exchange, answer);
    }
  }

  private Pages.Answer answer(HttpExchange exchange) {
    if (!List.of("GET", "HEAD").contains(exchange.getRequestMethod())) {
      exchange.getResponseHeaders().set("Allow", "GET, HEAD");
      return Pages.Answer.text(405, "This page is only for reading.");
    }
    Login.Outcome outcome = login.check(credentials(exchange));
    if (outcome instanceof Login.Refused refused) {
      if (refused.challenge() != null) {
        exchange.getResponseHeaders().set("WWW-Authenticate", refused.challenge());
      }
      if (refused.status() == Login.TOO_MANY_FAILURES.status()) {
        exchange
            .getResponseHeaders()
            .set("Retry-After", Long.toString(FailureLimit.WINDOW.toSeconds()));
      }
      return Pages.Answer.text(refused.status(), refused.message());
    }
    Viewer viewer = ((Login.Known) outcome).viewer();
    return pages.answer(
        viewer, exchange.getRequestURI().getRawPath(), exchange.getRequestURI().getRawQuery());
  }

  private static void send(HttpExchange exchange, Pages.Answer answer) throws IOException {
    var headers = exchange.getResponseHeaders();
    headers.set("Content-Type", answer.type());
    headers.set("Content-Security-Policy", CONTENT_SECURITY_POLICY);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("X-Frame-Options", "DENY");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set("Cache-Control", "no-store");
    if (answer.refreshes()) {
      headers.set("Refresh", Long.toString(PageFrame.REFRESH.toSeconds()));
    }
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    if (exchange.getRequestMethod().equals("HEAD")) {
      headers.set("Content-Length", Integer.toString(body.length));
      exchange.sendResponseHeaders(answer.status(), -1);
      return;
    }
    exchange.sendResponseHeaders(answer.status(), body.length);
    exchange.getResponseBody().write(body);
  }

  private static Credentials credentials(HttpExchange exchange) {
    return new Credentials() {
      @Override
      public List<String> header(String name) {
        return exchange.getRequestHeaders().getOrDefault(name, List.of());
      }

      @Override
      public String address() {
        return exchange.getRemoteAddress().getAddress().getHostAddress();
      }
    };
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "fleet-page");
    thread.setDaemon(true);
    return thread;
  }
}
