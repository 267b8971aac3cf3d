package dev.clinicnet.operator.drift;

import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.audit.AuditEvent;
import dev.clinicnet.operator.audit.AuditTrail;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Conditions;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.kubernetes.Reports;
import dev.clinicnet.operator.plan.Drift;
import dev.clinicnet.operator.plan.Journal;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports drift by an Event, the audit trail, the log and the counter. Each difference is reported
 * once while it lasts. The condition says what was reported before a restart.
 */
public final class DriftReport {
  private static final Logger LOGGER = LoggerFactory.getLogger(DriftReport.class);

  private final AuditTrail trail;
  private final DriftObserver observer;
  private final Clock clock;

  /** What was reported about each object and still lasts. */
  private final Map<Owner, Set<Drift>> lasting = new ConcurrentHashMap<>();

  /** What Programmed must say about the last correction if the status could not be written. */
  private final Map<Owner, Correction> corrections = new ConcurrentHashMap<>();

  private record Correction(Long generation, String sentence) {}

  /** A report to the audit trail and to the metrics. */
  public DriftReport(AuditTrail trail, DriftObserver observer, Clock clock) {
    this.trail = trail;
    this.observer = observer;
    this.clock = clock;
  }

  /**
   * Watches one pass over an object.
   *
   * @param journal the journal that also records what the pass does
   * @param before the object's conditions before the pass
   */
  public DriftWatch watch(
      Journal journal, HasMetadata object, Reports cluster, List<Condition> before) {
    return new DriftWatch(this, journal, object, cluster, before);
  }

  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  /** Reports what was corrected. */
  void corrected(HasMetadata object, Reports cluster, List<Drift> drift) {
    tell(object, cluster, drift, DriftAction.CORRECTED);
  }

  /** Reports what is left as it is, unless it was reported before. */
  void left(HasMetadata object, Reports cluster, List<Drift> left, List<Condition> before) {
    Owner owner = Owner.of(object);
    Set<Drift> told = left.isEmpty() ? lasting.remove(owner) : lasting.put(owner, Set.copyOf(left));
    String said =
        Conditions.find(before, ConditionType.Programmed).map(Condition::message).orElse("");
    List<Drift> news =
        left.stream()
            .filter(drift -> told == null ? !said.contains(drift.what()) : !told.contains(drift))
            .toList();
    if (!news.isEmpty()) {
      LOGGER.warn("{}: somebody else changed, and it is left: {}", owner, news);
      tell(object, cluster, news, DriftAction.REPORTED);
    }
  }

  /** Keeps the text about a correction until something else is done. */
  void keep(HasMetadata object, String sentence) {
    corrections.put(
        Owner.of(object), new Correction(object.getMetadata().getGeneration(), sentence));
  }

  /** The text about the last correction for the present manifest. */
  Optional<String> kept(HasMetadata object) {
    return Optional.ofNullable(corrections.get(Owner.of(object)))
        .filter(one -> Objects.equals(one.generation(), object.getMetadata().getGeneration()))
        .map(Correction::sentence);
  }

  /** Forgets the text, because something else was done since. */
  void drop(HasMetadata object) {
    corrections.remove(Owner.of(object));
  }

  /** Forgets what was reported about an object that is gone. */
  public void forget(HasMetadata object) {
    lasting.remove(Owner.of(object));
    corrections.remove(Owner.of(object));
  }

  private void tell(HasMetadata object, Reports cluster, List<Drift> drift, DriftAction action) {
    for (Drift one : drift) {
      observer.saw(one, action);
      trail.record(event(object, one, action));
    }
    String verb =
        action == DriftAction.CORRECTED
            ? "Somebody else changed this at ngrok, and it was put right: "
            : "Somebody else changed this at ngrok, and it is left as it is: ";
    cluster.emit(
        object,
        true,
        action.event(),
        verb + drift.stream().map(Drift::toString).collect(Collectors.joining("; ")) + ".");
  }

  private static AuditEvent event(HasMetadata object, Drift drift, DriftAction action) {
    Map<String, String> details = new LinkedHashMap<>();
    details.put("kind", drift.kind());
    details.put("name", drift.name());
    details.put("field", drift.field());
    details.put("was", drift.was());
    details.put("is", drift.is());
    return new AuditEvent(
        "drift-" + action.label(),
        Owner.of(object).toString(),
        AuditEvent.UNKNOWN,
        "somebody else changed " + drift.what() + " at ngrok",
        details);
  }
}
