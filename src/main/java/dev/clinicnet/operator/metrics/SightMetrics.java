package dev.clinicnet.operator.metrics;

import dev.clinicnet.operator.account.Account;
import dev.clinicnet.operator.account.Sight;
import dev.clinicnet.operator.ngrok.Resource;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * The age of the account's lists, as metrics. In Prometheus they are {@code
 * ngrok_inventory_age_seconds}, {@code ngrok_inventory_interval_seconds} and {@code
 * ngrok_account_listed}.
 */
public final class SightMetrics {
  private final MeterRegistry registry;
  private final String account;

  /** Metrics of an account, by its name, in this registry. */
  public SightMetrics(MeterRegistry registry, String account) {
    this.registry = registry;
    this.account = account;
  }

  /** Shows the state of an account's lists; called once for the account. */
  public void watch(Sight sight) {
    for (Resource<?, ?, ?> resource : Account.NEEDED) {
      Gauge.builder("ngrok.inventory.age.seconds", sight, seen -> ageSeconds(seen, resource))
          .description("How long ago the last list of this resource began that succeeded")
          .tag("list", resource.path())
          .tag("account", account)
          .strongReference(true)
          .register(registry);
      Gauge.builder(
              "ngrok.inventory.interval.seconds",
              sight,
              seen -> seen.interval(resource).toMillis() / 1000.0)
          .description("How often this resource is listed; a large account is listed less often")
          .tag("list", resource.path())
          .tag("account", account)
          .strongReference(true)
          .register(registry);
    }
    Gauge.builder("ngrok.account.listed", sight, SightMetrics::listed)
        .description("Whether the last attempt to list the account succeeded: 1 or 0")
        .tag("account", account)
        .strongReference(true)
        .register(registry);
  }

  private static double ageSeconds(Sight sight, Resource<?, ?, ?> resource) {
    return sight.age(resource).map(age -> age.toMillis() / 1000.0).orElse(Double.NaN);
  }

  private static double listed(Sight sight) {
    return sight.isListed().map(listed -> listed ? 1.0 : 0.0).orElse(Double.NaN);
  }
}
