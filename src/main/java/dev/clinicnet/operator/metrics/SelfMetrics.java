package dev.clinicnet.operator.metrics;

import dev.clinicnet.operator.account.SelfWatch;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * What ngrok says about the account itself, as a metric. In Prometheus it is {@code
 * ngrok_account_full_capture}.
 */
public final class SelfMetrics {
  private final MeterRegistry registry;
  private final String account;

  /** Metrics of an account, by its name, in this registry. */
  public SelfMetrics(MeterRegistry registry, String account) {
    this.registry = registry;
    this.account = account;
  }

  /** Shows what is known of an account; called once for the account. */
  public void watch(SelfWatch self) {
    Gauge.builder("ngrok.account.full.capture", self, SelfWatch::fullCapture)
        .description("Whether ngrok keeps headers and bodies of requests (full capture): 1 or 0")
        .tag("account", account)
        .strongReference(true)
        .register(registry);
  }
}
