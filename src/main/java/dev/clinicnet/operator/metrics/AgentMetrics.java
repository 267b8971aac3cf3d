package dev.clinicnet.operator.metrics;

import dev.clinicnet.operator.agent.AgentFacts;
import dev.clinicnet.operator.agent.AgentObserver;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The state of the agents, as metrics: {@link AgentFacts#METRICS}.
 *
 * <p>Without the names of Clinics, each metric is one series, the sum over all Clinics. It leaves
 * out Clinics of which nothing is known, and is NaN if nothing is known of any.
 */
public final class AgentMetrics implements AgentObserver, MultiCollector {
  private final boolean named;
  private final Map<Site, AgentFacts> sites = new ConcurrentHashMap<>();

  private record Site(String namespace, String clinic) {
    Labels labels() {
      return Labels.of("namespace", namespace, "clinic", clinic);
    }
  }

  /**
   * Metrics of no Clinic yet.
   *
   * @param named whether each Clinic has series of its own, with its namespace and name
   */
  public AgentMetrics(boolean named) {
    this.named = named;
  }

  @Override
  public void observed(String namespace, String clinic, AgentFacts facts) {
    sites.put(new Site(namespace, clinic), facts);
  }

  @Override
  public void forget(String namespace, String clinic) {
    sites.remove(new Site(namespace, clinic));
  }

  @Override
  public List<String> getPrometheusNames() {
    return AgentFacts.METRICS.stream().map(AgentFacts.Metric::name).toList();
  }

  @Override
  public MetricSnapshots collect() {
    Map<Site, AgentFacts> now = Map.copyOf(sites);
    return MetricSnapshots.of(
        AgentFacts.METRICS.stream()
            .map(metric -> snapshot(metric, now))
            .toArray(MetricSnapshot[]::new));
  }

  private GaugeSnapshot snapshot(AgentFacts.Metric metric, Map<Site, AgentFacts> now) {
    GaugeSnapshot.Builder snapshot =
        GaugeSnapshot.builder().name(metric.name()).help(metric.description());
    if (named) {
      now.forEach(
          (site, facts) ->
              snapshot.dataPoint(point(metric.value().applyAsDouble(facts), site.labels())));
    } else if (!now.isEmpty()) {
      snapshot.dataPoint(point(sum(metric, now), Labels.EMPTY));
    }
    return snapshot.build();
  }

  private static double sum(AgentFacts.Metric metric, Map<Site, AgentFacts> now) {
    return now.values().stream()
        .mapToDouble(metric.value())
        .filter(value -> !Double.isNaN(value))
        .reduce(Double::sum)
        .orElse(Double.NaN);
  }

  private static GaugeDataPointSnapshot point(double value, Labels labels) {
    return new GaugeDataPointSnapshot(value, labels, null);
  }
}
