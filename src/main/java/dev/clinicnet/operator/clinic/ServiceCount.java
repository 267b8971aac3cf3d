package dev.clinicnet.operator.clinic;

import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.api.v1alpha1.ConditionStatus;
import dev.clinicnet.operator.api.v1alpha1.ServicesStatus;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Conditions;
import dev.clinicnet.operator.config.Timestamps;
import dev.clinicnet.operator.reconcile.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The number of services of a Clinic, and of those that are ready. Each change of a status is a
 * write that all watchers read. So while services still become ready, a change of the numbers alone
 * waits for the next reason to write, for at most {@link #HOLD}. It does not wait when all are
 * ready, nor when there are fewer than before.
 *
 * @param now the present numbers
 * @param waitsUntil until when they may wait; empty when they may not
 */
record ServiceCount(ServicesStatus now, Optional<Instant> waitsUntil) {
  /** The longest time by which the reported numbers are late. */
  static final Duration HOLD = Duration.ofSeconds(15);

  /** The numbers for a decision. */
  static ServiceCount of(ClinicObservation o) {
    List<Condition> ready =
        o.services().stream()
            .flatMap(
                service ->
                    Conditions.find(Conditions.of(service), ConditionType.Ready).stream()
                        .filter(condition -> condition.status() == ConditionStatus.True))
            .toList();
    ServicesStatus now = new ServicesStatus(o.services().size(), ready.size());
    ServicesStatus told = o.status().services();
    if (told == null
        || now.ready() == now.total()
        || now.ready() < told.ready()
        || now.total() < told.total()) {
      return new ServiceCount(now, Optional.empty());
    }
    Optional<Instant> since =
        Outcome.earliest(
            firstUntold(ready.stream().map(Condition::lastTransitionTime), told.ready()),
            firstUntold(
                o.services().stream().map(service -> service.getMetadata().getCreationTimestamp()),
                told.total()));
    return new ServiceCount(now, since.map(when -> when.plus(HOLD)).filter(o.now()::isBefore));
  }

  /** The time of the first change that is not reported, if so many are. */
  private static Optional<Instant> firstUntold(Stream<String> times, int told) {
    return times.flatMap(time -> Timestamps.parse(time).stream()).sorted().skip(told).findFirst();
  }

  /**
   * The status to report: with the numbers that are reported already, if they may wait and nothing
   * else has changed.
   *
   * @param fresh the status with the present numbers
   * @param reported the present status of the Clinic
   */
  ClinicStatus in(ClinicStatus fresh, ClinicStatus reported) {
    return waitsUntil.isPresent() && fresh.withServices(reported.services()).equals(reported)
        ? reported
        : fresh;
  }
}
