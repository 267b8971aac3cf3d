package dev.clinicnet.operator.kubernetes;

import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.api.v1alpha1.ConditionStatus;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Conditions;
import dev.clinicnet.operator.condition.Reason;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Set;

/** Tells what became of an object: its status if it changed, and Events on transitions. */
public final class StatusReport {
  /** The other conditions follow from these. */
  private static final Set<String> TOLD =
      Set.of(
          ConditionType.Accepted.name(),
          ConditionType.ResolvedRefs.name(),
          ConditionType.Programmed.name(),
          ConditionType.DomainsReady.name(),
          ConditionType.AgentOnline.name(),
          ConditionType.SiteKitCurrent.name(),
          ConditionType.Open.name());

  private final Reports cluster;

  /** A report to a cluster. */
  public StatusReport(Reports cluster) {
    this.cluster = cluster;
  }

  /**
   * Writes {@code fresh}, whose status is complete, unless the status was the same before.
   *
   * @param unchanged whether the status was the same before
   */
  public void write(
      HasMetadata object,
      HasMetadata fresh,
      boolean unchanged,
      List<Condition> before,
      List<Condition> after) {
    if (unchanged) {
      return;
    }
    cluster.applyStatus(fresh);
    for (Condition condition : Conditions.transitions(before, after)) {
      if (TOLD.contains(condition.type())) {
        cluster.emit(object, isWarning(condition), condition.reason(), condition.message());
      }
    }
  }

  /** What holds can still be something that somebody must look at. */
  private static boolean isWarning(Condition condition) {
    return condition.status() == ConditionStatus.False
        || Reason.parse(condition.reason())
            .filter(reason -> reason.waits() == Reason.Waits.SOMEBODY)
            .isPresent();
  }
}
