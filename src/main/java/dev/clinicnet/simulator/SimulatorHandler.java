package dev.clinicnet.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes each request from the wire, applies faults, and writes the answer. */
final class SimulatorHandler implements HttpHandler {
  private static final Logger LOG = LoggerFactory.getLogger(SimulatorHandler.class);

  private final Map<String, SimulatedAccount> accounts;

  /**
   * A handler.
   *
   * @param accounts by their names, the default one first
   */
  SimulatorHandler(Map<String, SimulatedAccount> accounts) {
    this.accounts = accounts;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      IncomingRequest request = IncomingRequest.of(exchange);
      if (request.path().startsWith(ControlService.PREFIX)) {
        write(exchange, control(request));
        return;
      }
      SimulatedAccount account = of(request);
      ApiService api = account.api();
      RequestLog.Entry entry =
          account
              .log()
              .started(
                  request.method(), request.path(), api.pattern(request.method(), request.path()));
      Optional<ApiResponse> answer =
          account
              .faults()
              .strike(
                  request.method(),
                  request.path(),
                  () -> guarded(account, () -> api.answer(request)),
                  fault -> failure(account, fault));
      if (answer.isPresent()) {
        account.log().finished(entry, answer.get().status());
        write(exchange, answer.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The account of a key; the default one if none has it. */
  private SimulatedAccount of(IncomingRequest request) {
    String authorization = request.header().apply("Authorization");
    return accounts.values().stream()
        .filter(account -> account.isFor(authorization))
        .findFirst()
        .orElseGet(this::first);
  }

  private ApiResponse control(IncomingRequest request) {
    List<String> names = Query.parse(request.query()).getOrDefault("account", List.of());
    if (names.isEmpty()) {
      return guarded(first(), () -> first().control().answer(request));
    }
    SimulatedAccount named = accounts.get(names.get(0));
    return named == null
        ? ApiResponse.unrouted(request.path() + "?account=" + names.get(0))
        : guarded(named, () -> named.control().answer(request));
  }

  private SimulatedAccount first() {
    return accounts.get(Simulator.DEFAULT);
  }

  private static ApiResponse failure(SimulatedAccount account, Fault fault) {
    return ApiResponse.error(
        fault.status(), fault.errorCode(), fault.msg(), account.account().ids().next("op"));
  }

  private static ApiResponse guarded(SimulatedAccount account, Supplier<ApiResponse> work) {
    try {
      return work.get();
    } catch (RuntimeException e) {
      // This is a defect of the simulator, not of its caller. The request is not logged, because it
      // may have secrets.
      LOG.error("the simulator failed: {}", e.getClass().getName(), e);
      ApiException error = SimulatorError.INTERNAL_ERROR.with();
      return ApiResponse.error(
          error.status(),
          error.errorCode(),
          error.getMessage(),
          account.account().ids().next("op"));
    }
  }

  private static void write(HttpExchange exchange, ApiResponse answer) throws IOException {
    if (answer.operationId() != null) {
      exchange.getResponseHeaders().set("ngrok-operation-id", answer.operationId());
    }
    if (answer.body() == null) {
      exchange.sendResponseHeaders(answer.status(), -1);
      return;
    }
    byte[] body = answer.bytes();
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(answer.status(), body.length);
    exchange.getResponseBody().write(body);
  }
}
