package dev.clinicnet.operator.metrics;

import dev.clinicnet.operator.ngrok.Budget;
import dev.clinicnet.operator.ngrok.Failure;
import dev.clinicnet.operator.ngrok.Lane;
import dev.clinicnet.operator.ngrok.RequestObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;

/**
 * Requests to ngrok, as metrics. In Prometheus they are {@code ngrok_api_requests_total}, {@code
 * ngrok_api_request_duration_seconds}, {@code ngrok_api_budget_wait_seconds} and {@code
 * ngrok_api_budget_used}.
 */
public final class NgrokMetrics implements RequestObserver {
  private static final String SUCCESS = "success";

  private final MeterRegistry registry;

  /** Metrics in this registry. */
  public NgrokMetrics(MeterRegistry registry) {
    this.registry = Objects.requireNonNull(registry, "registry");
  }

  /** Shows how much of an account's budget is used; called once for the budget. */
  public void watch(Budget budget) {
    Gauge.builder("ngrok.api.budget.used", budget, Budget::used)
        .description("Requests of the rolling window that are used, or assumed to be")
        .strongReference(true)
        .register(registry);
  }

  @Override
  public void requested(String resource, String method, Failure failure, Duration took) {
    Counter.builder("ngrok.api.requests")
        .description("Requests sent to the ngrok API, repetitions included")
        .tag("resource", resource)
        .tag("method", method)
        .tag("outcome", failure == null ? SUCCESS : failure.name().toLowerCase(Locale.ROOT))
        .register(registry)
        .increment();
    Timer.builder("ngrok.api.request.duration")
        .description("From sending a request to the end of its answer")
        .tag("resource", resource)
        .tag("method", method)
        .register(registry)
        .record(took);
  }

  @Override
  public void waited(Lane lane, Duration wait) {
    Timer.builder("ngrok.api.budget.wait")
        .description("How long requests waited for the account's budget")
        .tag("lane", lane.name().toLowerCase(Locale.ROOT))
        .register(registry)
        .record(wait);
  }
}
