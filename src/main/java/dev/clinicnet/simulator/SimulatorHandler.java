package dev.clinicnet.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes each request from the wire, applies faults, and writes the answer. */
final class SimulatorHandler implements HttpHandler {
  private static final Logger LOG = LoggerFactory.getLogger(SimulatorHandler.class);

  private final Account account;
  private final ApiService api;
  private final ControlService control;
  private final Faults faults;
  private final RequestLog log;

  SimulatorHandler(
      Account account, ApiService api, ControlService control, Faults faults, RequestLog log) {
    this.account = account;
    this.api = api;
    this.control = control;
    this.faults = faults;
    this.log = log;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      IncomingRequest request = IncomingRequest.of(exchange);
      if (request.path().startsWith(ControlService.PREFIX)) {
        write(exchange, guarded(() -> control.answer(request)));
        return;
      }
      RequestLog.Entry entry =
          log.started(
              request.method(), request.path(), api.pattern(request.method(), request.path()));
      Optional<ApiResponse> answer =
          faults.strike(
              request.method(),
              request.path(),
              () -> guarded(() -> api.answer(request)),
              this::failure);
      if (answer.isPresent()) {
        log.finished(entry, answer.get().status());
        write(exchange, answer.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private ApiResponse failure(Fault fault) {
    return ApiResponse.error(
        fault.status(), fault.errorCode(), fault.msg(), account.ids().next("op"));
  }

  private ApiResponse guarded(Supplier<ApiResponse> work) {
    try {
      return work.get();
    } catch (RuntimeException e) {
      // This is a defect of the simulator, not of its caller. The request is not logged, because it
      // may have secrets.
      LOG.error("the simulator failed: {}", e.getClass().getName(), e);
      ApiException error = SimulatorError.INTERNAL_ERROR.with();
      return ApiResponse.error(
          error.status(), error.errorCode(), error.getMessage(), account.ids().next("op"));
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
