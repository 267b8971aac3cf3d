package dev.clinicnet.operator.metrics;

import dev.clinicnet.operator.api.v1alpha1.AuthtokenStatus;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import dev.clinicnet.operator.api.v1alpha1.ClinicSessionStatus;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.api.v1alpha1.SessionPhase;
import dev.clinicnet.operator.config.Timestamps;
import dev.clinicnet.operator.kubernetes.Annotations;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What should have happened already: {@code clinicnet_overdue_seconds}. It is computed from the
 * times in the statuses when Prometheus asks, so it grows also while no pass succeeds.
 */
public final class OverdueMetrics implements MultiCollector {
  private static final String NAME = "clinicnet_overdue_seconds";
  private static final double SECOND = 1000;

  private final Supplier<Stream<HasMetadata>> objects;
  private final boolean named;
  private final Clock clock;

  /** What can be due. */
  private enum Due {
    /** The end of a session that is open. */
    closing,
    /** The rotation of an authtoken by its schedule. */
    rotation,
    /** The installation of a site kit for the internal lock of a service, or for its rotation. */
    lock,
    /** The same, while a lock refuses the requests of clients. */
    refusal
  }

  /** How late something is of an object. */
  private record Late(ObjectName object, double seconds) {}

  /**
   * Metrics of these objects.
   *
   * @param objects all objects of which this process reports; empty while it does not lead
   * @param named whether each object that is overdue has a series of its own
   */
  public OverdueMetrics(Supplier<Stream<HasMetadata>> objects, boolean named, Clock clock) {
    this.objects = objects;
    this.named = named;
    this.clock = clock;
  }

  @Override
  public List<String> getPrometheusNames() {
    return List.of(NAME);
  }

  @Override
  public MetricSnapshots collect() {
    Instant now = clock.instant();
    GaugeSnapshot.Builder snapshot =
        GaugeSnapshot.builder()
            .name(NAME)
            .help(
                "How long ago the end of a session, the rotation of an authtoken, or the"
                    + " installation of an internal lock was due, also of one that refuses requests");
    Map<Due, Double> longest = new EnumMap<>(Due.class);
    DueLocks locks = new DueLocks();
    BiConsumer<Due, Late> show =
        (due, late) -> {
          longest.merge(due, late.seconds(), Math::max);
          if (named && late.seconds() > 0) {
            snapshot.dataPoint(point(late.seconds(), due, late.object()));
          }
        };
    try (Stream<HasMetadata> all = objects.get()) {
      all.forEach(
          object -> {
            locks.add(object);
            for (Due due : Due.values()) {
              double late = when(object, due).map(at -> seconds(at, now)).orElse(0.0);
              show.accept(due, new Late(ObjectName.of(object), late));
            }
          });
    }
    locks
        .byClinic()
        .forEach((clinic, at) -> show.accept(Due.lock, new Late(clinic, seconds(at, now))));
    locks
        .refusing()
        .forEach((clinic, at) -> show.accept(Due.refusal, new Late(clinic, seconds(at, now))));
    if (!named) {
      longest.forEach((due, late) -> snapshot.dataPoint(point(late, due, ObjectName.NONE)));
    }
    return MetricSnapshots.of(snapshot.build());
  }

  private static GaugeDataPointSnapshot point(double late, Due due, ObjectName object) {
    return new GaugeDataPointSnapshot(late, object.labels(Labels.of("due", due.name())), null);
  }

  private static double seconds(Instant at, Instant now) {
    return Math.max(0, Duration.between(at, now).toMillis() / SECOND);
  }

  private static Optional<Instant> when(HasMetadata object, Due due) {
    return switch (due) {
      case closing ->
          object instanceof ClinicSession session
                  && ClinicSessionStatus.of(session).phase() == SessionPhase.Open
              ? Timestamps.parse(ClinicSessionStatus.of(session).expiresAt())
              : Optional.empty();
      case rotation ->
          object instanceof Clinic clinic && !Annotations.isQuarantined(clinic)
              ? Optional.ofNullable(ClinicStatus.of(clinic).authtoken())
                  .map(AuthtokenStatus::rotatesAt)
                  .flatMap(Timestamps::parse)
              : Optional.empty();
      case lock, refusal -> Optional.empty(); // Clinics and their services are needed together.
    };
  }
}
