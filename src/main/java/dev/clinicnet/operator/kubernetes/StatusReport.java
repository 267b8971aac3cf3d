package dev.clinicnet.operator.kubernetes;

import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.api.v1alpha1.ConditionStatus;
import dev.clinicnet.operator.claim.ClinicNames;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Conditions;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Unseen;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Reports on an object: its status if it has changed, and Events on transitions. If the account
 * cannot be seen, no Event of a single object says so, because that concerns the whole account.
 * When it can be seen again, at most one Event reports the difference.
 */
public final class StatusReport {
  private static final Logger LOGGER = LoggerFactory.getLogger(StatusReport.class);

  /** What the API server says when a namespace is being deleted and takes no new objects. */
  public static final String BEING_TERMINATED = "because it is being terminated";

  private final Reports cluster;

  /** A report to a cluster. */
  public StatusReport(Reports cluster) {
    this.cluster = cluster;
  }

  /**
   * Makes an object to apply. It says which object this is, and owns nothing but the status.
   *
   * @param fresh an empty object
   */
  public static <S, R extends CustomResource<?, S>> R withStatus(R object, R fresh, S status) {
    fresh.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(object.getMetadata().getNamespace())
            .withName(object.getMetadata().getName())
            .withUid(object.getMetadata().getUid())
            .build());
    fresh.setStatus(status);
    return fresh;
  }

  /**
   * Writes a complete status, unless the object has it already.
   *
   * @param fresh an empty object
   */
  public <S, R extends CustomResource<?, S>> void write(
      R object, R fresh, S status, List<Condition> before, List<Condition> after) {
    if (status.equals(object.getStatus())) {
      return;
    }
    cluster.applyStatus(withStatus(object, fresh, status));
    boolean found = false;
    Set<String> told = new HashSet<>();
    for (Condition condition : Conditions.transitions(before, after)) {
      boolean isTold =
          ConditionType.parse(condition.type()).filter(ConditionType::isToldAsEvent).isPresent();
      if (!isTold
          || isToldAsDrift(condition)
          || Unseen.isSaidBy(condition)
          || waitsForBudget(condition)) {
        continue;
      }
      ConditionType type = ConditionType.valueOf(condition.type());
      Optional<Condition> lost = Conditions.find(before, type).filter(Unseen::isSaidBy);
      if (lost.isPresent()) {
        boolean asLastSeen =
            lost.flatMap(Unseen::lastReason).filter(condition.reason()::equals).isPresent();
        if (found || asLastSeen) {
          continue;
        }
        found = true;
      }
      // Programmed repeats the reason of a refused manifest, for which one Event is enough.
      if (!told.add(condition.reason()) && type == ConditionType.Programmed) {
        continue;
      }
      boolean warning = isWarning(type, condition);
      log(object, type, condition, warning, Conditions.find(before, type));
      if (!isTold(object, type, condition, Conditions.find(before, type))) {
        continue;
      }
      cluster.emit(object, warning, Reason.valueOf(condition.reason()), condition.message());
    }
  }

  /**
   * Logs what the Event says, in the same words. It is no warning for whoever is on call that
   * somebody deletes a Clinic or a namespace.
   */
  private static void log(
      HasMetadata object,
      ConditionType type,
      Condition condition,
      boolean warning,
      Optional<Condition> before) {
    boolean news = !(object instanceof ClinicSession) && isNews(condition, before);
    boolean goes =
        condition.reason().equals(Reason.ClinicDeleting.name())
            || condition.message().contains(BEING_TERMINATED);
    LOGGER
        .atLevel(warning && !goes ? Level.WARN : news ? Level.INFO : Level.DEBUG)
        .log(
            "{} {}: {}={} {}: {}",
            object.getKind(),
            ClinicNames.path(object),
            type,
            condition.status(),
            condition.reason(),
            condition.message().replaceAll("\\p{Cntrl}+", " "));
  }

  /**
   * Whether a person who reads the log has to know it. Work that has begun or is done has its own
   * lines, and a new object begins with the ordinary steps of its setup. The audit log says when a
   * session was opened and closed.
   */
  private static boolean isNews(Condition condition, Optional<Condition> before) {
    boolean begins = before.map(Condition::reason).map(Reason.Pending.name()::equals).orElse(true);
    boolean ordinary =
        Reason.parse(condition.reason())
            .map(Reason::waits)
            .filter(waits -> waits == Reason.Waits.NOTHING || waits == Reason.Waits.SETUP)
            .isPresent();
    return !(begins && ordinary) && !condition.reason().equals(Reason.Pending.name());
  }

  /**
   * Whether a transition makes an Event. Each Event is a write, so an object that begins in the
   * ordinary way has one when everything exists at ngrok, and no others: not for what is as it
   * should be, nor for the site that is not set up yet, which the Event of the site kit says. What
   * a team must do for its domains, and everything about a session, is always told.
   */
  private static boolean isTold(
      HasMetadata object, ConditionType type, Condition condition, Optional<Condition> before) {
    boolean done = type == ConditionType.Programmed && condition.status() == ConditionStatus.True;
    boolean asks =
        type == ConditionType.DomainsReady && condition.status() == ConditionStatus.False;
    return object instanceof ClinicSession || done || asks || isNews(condition, before);
  }

  /** Drift has separate Events, one for each difference and not for each transition. */
  private static boolean isToldAsDrift(Condition condition) {
    return condition.reason().equals(Reason.DriftDetected.name())
        || condition.reason().equals(Reason.DriftCorrected.name());
  }

  /** To wait for one's turn is ordinary, and a whole fleet may do it at once. */
  private static boolean waitsForBudget(Condition condition) {
    return condition.reason().equals(Reason.WaitingForBudget.name());
  }

  /**
   * A Warning asks a person to act. A change by time or by the ordinary setup of a site is not a
   * Warning. A condition that is not part of Ready can be True and still ask a person to act.
   */
  private static boolean isWarning(ConditionType type, Condition condition) {
    return !(type.isPartOfReady() && condition.status() == ConditionStatus.True)
        && Reason.parse(condition.reason())
            .filter(reason -> reason.waits() == Reason.Waits.SOMEBODY)
            .isPresent();
  }
}
