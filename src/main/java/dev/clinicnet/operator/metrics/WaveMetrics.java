package dev.clinicnet.operator.metrics;

import dev.clinicnet.operator.account.Waves;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** The waves of an account, as metrics. */
public final class WaveMetrics {
  private final MeterRegistry registry;
  private final String account;

  /** Metrics of an account, by its name, in this registry. */
  public WaveMetrics(MeterRegistry registry, String account) {
    this.registry = registry;
    this.account = account;
  }

  /** Shows the waves of an account; called once for the account. */
  public void watch(Waves waves) {
    Gauge.builder("ngrok.wave.number", waves, Waves::portions)
        .description("How many waves of the present change have gone out; 0 without such a change")
        .tag("account", account)
        .strongReference(true)
        .register(registry);
    Gauge.builder("ngrok.wave.clinics.waiting", waves, Waves::waiting)
        .description("How many Clinics wait for their wave")
        .tag("account", account)
        .strongReference(true)
        .register(registry);
    Gauge.builder("ngrok.wave.stopped", waves, its -> its.stopped().isPresent() ? 1 : 0)
        .description("1 while the waves have stopped, because a Clinic is worse than before")
        .tag("account", account)
        .strongReference(true)
        .register(registry);
  }
}
