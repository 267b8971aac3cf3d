package dev.clinicnet.operator.clinic;

import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.api.v1alpha1.ConditionStatus;
import dev.clinicnet.operator.api.v1alpha1.ServicesStatus;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Conditions;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.config.Timestamps;
import dev.clinicnet.operator.reconcile.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The number of services of a Clinic, and of those that are ready. Each change of a status is a
 * write that all watchers read. So while services still become ready, a change of the numbers alone
 * waits for the next reason to write, for at most {@link #HOLD}. While services wait for the
 * request budget, it waits for them too, because their own statuses say what they wait for. When
 * all are ready, it waits only while the youngest service is so young that others may follow in the
 * same apply. It does not wait when there are fewer than before.
 *
 * @param now the present numbers
 * @param coming how many services become ready by themselves soon: they wait for the request
 *     budget, or were not looked at yet
 * @param waitsUntil until when the numbers may wait; empty when they may not
 */
record ServiceCount(ServicesStatus now, int coming, Optional<Instant> waitsUntil) {
  /** The longest time by which the reported numbers are late. */
  static final Duration HOLD = Duration.ofSeconds(60);

  /** The same while services wait for the request budget. */
  static final Duration LONGEST = Duration.ofMinutes(10);

  /** The time within which the services of one apply are created. */
  static final Duration APPLY = Duration.ofSeconds(5);

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
    List<Reason> missing =
        o.services().stream().flatMap(service -> missing(service).stream()).toList();
    boolean budget = missing.contains(Reason.WaitingForBudget);
    ServicesStatus told = o.status().services();
    if (told == null || now.ready() < told.ready() || now.total() < told.total()) {
      return new ServiceCount(now, missing.size(), Optional.empty());
    }
    Optional<Instant> since =
        Outcome.earliest(
            firstUntold(ready.stream().map(Condition::lastTransitionTime), told.ready()),
            firstUntold(created(o), told.total()));
    Optional<Instant> until = since.map(when -> when.plus(budget ? LONGEST : HOLD));
    if (now.ready() == now.total()) {
      until = until.flatMap(latest -> Outcome.earliest(Optional.of(latest), applied(o)));
    }
    return new ServiceCount(now, missing.size(), until.filter(o.now()::isBefore));
  }

  /** Why a service is not ready that becomes so by itself soon; empty for others. */
  private static Optional<Reason> missing(ClinicService service) {
    Optional<Condition> ready = Conditions.find(Conditions.of(service), ConditionType.Ready);
    return ready.isEmpty() ? Optional.of(Reason.Pending) : ready.flatMap(ServiceCount::comes);
  }

  /** Why the condition {@code Ready} is not true, if it becomes true by itself soon. */
  static Optional<Reason> comes(Condition ready) {
    return Optional.of(ready)
        .filter(condition -> condition.status() != ConditionStatus.True)
        .map(Condition::reason)
        .flatMap(Reason::parse)
        .filter(EnumSet.of(Reason.WaitingForBudget, Reason.Pending)::contains);
  }

  private static Stream<String> created(ClinicObservation o) {
    return o.services().stream().map(service -> service.getMetadata().getCreationTimestamp());
  }

  /** When no other service of the same apply can follow. */
  private static Optional<Instant> applied(ClinicObservation o) {
    return created(o)
        .flatMap(time -> Timestamps.parse(time).stream())
        .max(Comparator.naturalOrder())
        .map(youngest -> youngest.plus(APPLY));
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
