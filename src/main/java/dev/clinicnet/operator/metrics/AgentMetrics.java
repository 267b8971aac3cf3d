package dev.clinicnet.operator.metrics;

import dev.clinicnet.operator.agent.AgentFacts;
import dev.clinicnet.operator.agent.AgentObserver;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

/**
 * The state of the agents of each Clinic, as metrics. In Prometheus they are {@code
 * clinic_agent_online}, {@code clinic_agents}, {@code clinic_site_kit_current}, {@code
 * clinic_endpoints_unexpected} and {@code clinic_quarantined}.
 */
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
    return List.of(
        gauge(
            "clinic.agent.online",
            "Whether an agent of the Clinic is connected: 1 or 0",
            site,
            of,
            seen(facts -> flag(facts.agents() > 0))),
        gauge("clinic.agents", "How many agents are connected", site, of, seen(AgentFacts::agents)),
        gauge(
            "clinic.site.kit.current",
            "Whether the site runs the present site kit: 1 or 0",
            site,
            of,
            seen(facts -> flag(facts.siteKitCurrent()))),
        gauge(
            "clinic.endpoints.unexpected",
            "How many endpoints are bound that no manifest asks for",
            site,
            of,
            seen(AgentFacts::unexpectedEndpoints)),
        gauge(
            "clinic.quarantined",
            "Whether the Clinic's site is cut off: 1 or 0",
            site,
            of,
            facts -> flag(facts.quarantined())));
  }

  /** NaN while nothing is known about the agents. */
  private static ToDoubleFunction<AgentFacts> seen(ToDoubleFunction<AgentFacts> value) {
    return facts -> facts.seen() ? value.applyAsDouble(facts) : Double.NaN;
  }

  private Meter gauge(
      String name, String description, Site site, Shown of, ToDoubleFunction<AgentFacts> value) {
    return Gauge.builder(name, of, shown -> value.applyAsDouble(shown.facts))
        .description(description)
        .tag("namespace", site.namespace())
        .tag("clinic", site.clinic())
        .strongReference(true)
        .register(registry);
  }

  private static double flag(boolean set) {
    return set ? 1 : 0;
  }
}
