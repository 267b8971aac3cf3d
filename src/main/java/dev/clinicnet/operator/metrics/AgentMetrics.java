package dev.clinicnet.operator.metrics;

import dev.clinicnet.operator.agent.AgentFacts;
import dev.clinicnet.operator.agent.AgentObserver;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The state of the agents of each Clinic, as metrics: {@link AgentFacts#METRICS}. */
public final class AgentMetrics implements AgentObserver {
  private final MeterRegistry registry;
  private final Map<Site, Shown> shown = new ConcurrentHashMap<>();

  private record Site(String namespace, String clinic) {}

  /** The values of the gauges of one Clinic. */
  private static final class Shown {
    private volatile AgentFacts facts;
    private List<Meter> gauges = List.of();
  }

  /** Metrics in this registry. */
  public AgentMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void observed(String namespace, String clinic, AgentFacts facts) {
    shown.compute(
        new Site(namespace, clinic),
        (site, before) -> {
          Shown now = before == null ? new Shown() : before;
          now.facts = facts;
          if (before == null) {
            now.gauges = gauges(site, now);
          }
          return now;
        });
  }

  @Override
  public void forget(String namespace, String clinic) {
    Shown gone = shown.remove(new Site(namespace, clinic));
    if (gone != null) {
      gone.gauges.forEach(registry::remove);
    }
  }

  private List<Meter> gauges(Site site, Shown of) {
    return AgentFacts.METRICS.stream().map(metric -> gauge(metric, site, of)).toList();
  }

  private Meter gauge(AgentFacts.Metric metric, Site site, Shown of) {
    return Gauge.builder(metric.name(), of, shown -> metric.value().applyAsDouble(shown.facts))
        .description(metric.description())
        .tag("namespace", site.namespace())
        .tag("clinic", site.clinic())
        .strongReference(true)
        .register(registry);
  }
}
