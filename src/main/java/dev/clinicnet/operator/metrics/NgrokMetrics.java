package dev.clinicnet.operator.metrics;

import dev.clinicnet.operator.ngrok.AccountSelf;
import dev.clinicnet.operator.ngrok.Budget;
import dev.clinicnet.operator.ngrok.Failure;
import dev.clinicnet.operator.ngrok.Lane;
import dev.clinicnet.operator.ngrok.OkHttpNgrokApi;
import dev.clinicnet.operator.ngrok.RequestObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;

/**
 * Requests to ngrok, as metrics. In Prometheus they are {@code ngrok_api_requests_total}, {@code
 * ngrok_api_request_duration_seconds}, {@code ngrok_api_budget_wait_seconds}, {@code
 * ngrok_api_budget_used}, {@code ngrok_api_budget_limit}, {@code ngrok_api_budget_allowance},
 * {@code ngrok_api_key_accepted} and {@code ngrok_account_suspended}.
 */
public final class NgrokMetrics implements RequestObserver {
  /** The label with the name of the account. */
  public static final String ACCOUNT = "account";

  private static final String SUCCESS = "success";

  private final MeterRegistry registry;
  private final String name;
  private final KeyState key;
  private final AccountState account = new AccountState();

  /** Metrics of an account, by its name, in this registry. */
  public NgrokMetrics(MeterRegistry registry, Clock clock, String name) {
    this.registry = Objects.requireNonNull(registry, "registry");
    this.name = name;
    this.key = new KeyState(clock);
    Gauge.builder("ngrok.api.key.accepted", key, KeyState::accepted)
        .description("Whether ngrok accepts the API key now: 1 or 0")
        .tag("account", name)
        .strongReference(true)
        .register(registry);
    Gauge.builder("ngrok.account.suspended", account, AccountState::suspended)
        .description("Whether ngrok has suspended the account: 1 or 0")
        .tag("account", name)
        .strongReference(true)
        .register(registry);
  }

  /**
   * Shows how much of an account's budget is used; called once for the budget.
   *
   * @param permits how many requests a window has
   */
  public void watch(Budget budget, int permits) {
    Gauge.builder("ngrok.api.budget.limit", () -> permits)
        .description("Requests that the rolling window has")
        .tag("account", name)
        .strongReference(true)
        .register(registry);
    Gauge.builder("ngrok.api.budget.allowance", budget, Budget::allowance)
        .description("Requests that the rolling window is assumed to have, as learnt from refusals")
        .tag("account", name)
        .strongReference(true)
        .register(registry);
    Gauge.builder("ngrok.api.budget.used", budget, Budget::used)
        .description("Requests of the rolling window that are used, or assumed to be")
        .tag("account", name)
        .strongReference(true)
        .register(registry);
  }

  /** Shows what ngrok says about the account itself. */
  public void says(AccountSelf self) {
    if (self.suspended() != null) {
      account.says(self.suspended());
    }
  }

  @Override
  public void refused(Failure failure, String code) {
    account.refused(failure, code);
  }

  @Override
  public void withoutKey(String resource, String method) {
    key.answered(method + " " + resource, Failure.UNAUTHORIZED);
  }

  @Override
  public void requested(String resource, String method, Failure failure, Duration took) {
    // A key that may not ask for the account itself is no bad key: the operator needs no answer.
    if (failure != Failure.UNAUTHORIZED || !resource.equals(OkHttpNgrokApi.SELF)) {
      key.answered(method + " " + resource, failure);
    }
    if (failure == null) {
      account.answered();
    }
    Counter.builder("ngrok.api.requests")
        .description("Requests sent to the ngrok API, repetitions included")
        .tag("account", name)
        .tag("resource", resource)
        .tag("method", method)
        .tag("outcome", failure == null ? SUCCESS : failure.name().toLowerCase(Locale.ROOT))
        .register(registry)
        .increment();
    Timer.builder("ngrok.api.request.duration")
        .description("From sending a request to the end of its answer")
        .tag("account", name)
        .tag("resource", resource)
        .tag("method", method)
        .register(registry)
        .record(took);
  }

  @Override
  public void waited(Lane lane, Duration wait) {
    Timer.builder("ngrok.api.budget.wait")
        .description("How long requests waited for the account's budget")
        .tag("account", name)
        .tag("lane", lane.name().toLowerCase(Locale.ROOT))
        .register(registry)
        .record(wait);
  }
}
