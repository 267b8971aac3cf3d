package dev.clinicnet.operator.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.ngrok.AccountSelf;
import dev.clinicnet.operator.ngrok.Budget;
import dev.clinicnet.operator.ngrok.BudgetOptions;
import dev.clinicnet.operator.ngrok.Failure;
import dev.clinicnet.operator.ngrok.Lane;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class NgrokMetricsTest {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final NgrokMetrics metrics = new NgrokMetrics(registry, Clock.systemUTC(), "west");

  @Test
  void countsRequestsByOutcome() {
    metrics.requested("endpoints", "GET", null, Duration.ofMillis(250));
    metrics.requested("endpoints", "POST", Failure.OUTCOME_UNKNOWN, Duration.ofMillis(500));
    assertThat(registry.scrape())
        .contains(
            "ngrok_api_requests_total{account=\"west\",method=\"GET\",outcome=\"success\",resource=\"endpoints\"} 1.0")
        .contains(
            "ngrok_api_requests_total{account=\"west\",method=\"POST\",outcome=\"outcome_unknown\",resource=\"endpoints\"}"
                + " 1.0")
        .contains(
            "ngrok_api_request_duration_seconds_sum{account=\"west\",method=\"GET\",resource=\"endpoints\"} 0.25");
  }

  @Test
  void anAccountThatNgrokCallsSuspendedIsSuspended() {
    metrics.says(new AccountSelf("ac_1", null, null));
    assertThat(registry.scrape()).contains("ngrok_account_suspended{account=\"west\"} NaN");

    metrics.says(new AccountSelf("ac_1", true, null));
    assertThat(registry.scrape()).contains("ngrok_account_suspended{account=\"west\"} 1.0");

    metrics.says(new AccountSelf("ac_1", false, null));
    assertThat(registry.scrape()).contains("ngrok_account_suspended{account=\"west\"} 0.0");
  }

  @Test
  void showsTheBudget() {
    Budget budget = new Budget(BudgetOptions.perMinute(120).withFreshStart(), () -> 0);
    metrics.watch(budget, 120);
    budget.throttled(Duration.ofSeconds(61), true);
    metrics.waited(Lane.BULK, Duration.ofSeconds(2));
    assertThat(registry.scrape())
        .contains("ngrok_api_budget_allowance{account=\"west\"} 12.0")
        .contains("ngrok_api_budget_used{account=\"west\"} 9.0")
        .contains("ngrok_api_budget_wait_seconds_sum{account=\"west\",lane=\"bulk\"} 2.0");
  }
}
