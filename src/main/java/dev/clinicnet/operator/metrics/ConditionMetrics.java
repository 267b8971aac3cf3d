package dev.clinicnet.operator.metrics;

import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.condition.Conditions;
import dev.clinicnet.operator.config.Timestamps;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The conditions of all objects: {@code clinicnet_object_condition} and {@code
 * clinicnet_object_condition_age_seconds}. They are computed from the informers' caches when
 * Prometheus asks, in one walk over the objects.
 *
 * <p>Without the names of objects, the first is the number of objects in a state, and the second
 * the time of the object that has been in it longest. So there are at most some hundred series,
 * however many objects there are.
 */
public final class ConditionMetrics implements MultiCollector {
  static final String CONDITION = "clinicnet_object_condition";
  static final String AGE = "clinicnet_object_condition_age_seconds";

  private static final double SECOND = 1000;

  private final Supplier<Stream<HasMetadata>> objects;
  private final boolean named;
  private final Clock clock;

  /** One state of a condition; the object is absent where objects are only counted. */
  private record State(
      String kind, String condition, String status, String reason, ObjectName object) {
    Labels labels() {
      return object.labels(
          Labels.of("kind", kind, "condition", condition, "status", status, "reason", reason));
    }
  }

  private record Tally(long objects, Instant since) {
    Tally and(Tally other) {
      return new Tally(objects + other.objects, since.isBefore(other.since) ? since : other.since);
    }
  }

  /**
   * Metrics of these objects.
   *
   * @param objects all objects of which this process reports; empty while it does not lead
   * @param named whether each object has series of its own, with its namespace and name
   */
  public ConditionMetrics(Supplier<Stream<HasMetadata>> objects, boolean named, Clock clock) {
    this.objects = objects;
    this.named = named;
    this.clock = clock;
  }

  @Override
  public List<String> getPrometheusNames() {
    return List.of(CONDITION, AGE);
  }

  @Override
  public MetricSnapshots collect() {
    Instant now = clock.instant();
    GaugeSnapshot.Builder counts =
        GaugeSnapshot.builder()
            .name(CONDITION)
            .help("How many objects have a condition with this status and reason");
    GaugeSnapshot.Builder ages =
        GaugeSnapshot.builder()
            .name(AGE)
            .help("How long the condition has had its status, at the object where it is longest");
    tallies(now)
        .forEach(
            (state, tally) -> {
              Labels labels = state.labels();
              double age = Duration.between(tally.since(), now).toMillis() / SECOND;
              counts.dataPoint(new GaugeDataPointSnapshot(tally.objects(), labels, null));
              ages.dataPoint(new GaugeDataPointSnapshot(Math.max(0, age), labels, null));
            });
    return MetricSnapshots.of(counts.build(), ages.build());
  }

  private Map<State, Tally> tallies(Instant now) {
    Map<State, Tally> tallies = new HashMap<>();
    try (Stream<HasMetadata> all = objects.get()) {
      all.forEach(object -> count(object, now, tallies));
    }
    return tallies;
  }

  private void count(HasMetadata object, Instant now, Map<State, Tally> tallies) {
    ObjectName name = named ? ObjectName.of(object) : ObjectName.NONE;
    for (Condition condition : Conditions.of(object)) {
      State state =
          new State(
              object.getKind(),
              condition.type(),
              condition.status().name(),
              condition.reason(),
              name);
      tallies.merge(state, new Tally(1, since(condition, now)), Tally::and);
    }
  }

  /** Now, if somebody else wrote a time that is none. */
  private static Instant since(Condition condition, Instant now) {
    return Timestamps.parse(condition.lastTransitionTime()).orElse(now);
  }
}
