package dev.clinicnet.operator.controller;

import dev.clinicnet.operator.account.Orphans;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** How many orphans of each kind an account has. */
final class OrphanMetrics {
  private OrphanMetrics() {}

  /** Shows them in a registry. */
  static void register(MeterRegistry registry, Orphans orphans) {
    Orphans.resources()
        .forEach(
            kind ->
                Gauge.builder("clinicnet_orphans", orphans, all -> all.count(kind))
                    .description(
                        "What is at ngrok with a mark of this installation and has no manifest")
                    .tag("kind", kind.path())
                    .register(registry));
  }
}
