package dev.clinicnet.operator.controller;

import dev.clinicnet.operator.account.Orphans;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** The number of orphans of each kind in an account. */
final class OrphanMetrics {
  private OrphanMetrics() {}

  /** Shows the numbers in a registry. */
  static void register(MeterRegistry registry, String account, Orphans orphans) {
    Orphans.resources()
        .forEach(
            kind ->
                Gauge.builder("clinicnet_orphans", orphans, all -> all.count(kind))
                    .description(
                        "What is at ngrok with a mark of this installation and has no manifest")
                    .tag("kind", kind.path())
                    .tag("account", account)
                    .register(registry));
  }
}
