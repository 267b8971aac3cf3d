package dev.clinicnet.operator.kubernetes;

import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.api.v1alpha1.ConditionStatus;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Conditions;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Unseen;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reports on an object: its status if it has changed, and Events on transitions. If the account
 * cannot be seen, no Event of a single object says so, because that concerns the whole account.
 * When it can be seen again, at most one Event reports the difference.
 */
public final class StatusReport {
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
      if (!isTold || isToldAsDrift(condition) || Unseen.isSaidBy(condition)) {
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
      cluster.emit(
          object,
          isWarning(type, condition),
          Reason.valueOf(condition.reason()),
          condition.message());
    }
  }

  /** Drift has separate Events, one for each difference and not for each transition. */
  private static boolean isToldAsDrift(Condition condition) {
    return condition.reason().equals(Reason.DriftDetected.name())
        || condition.reason().equals(Reason.DriftCorrected.name());
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
