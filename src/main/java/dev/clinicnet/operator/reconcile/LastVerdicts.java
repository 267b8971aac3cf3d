package dev.clinicnet.operator.reconcile;

import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.api.v1alpha1.ConditionStatus;
import dev.clinicnet.operator.condition.Assessment;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Conditions;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Set;

/** The verdicts of the last pass, for a status without a new decision. */
public final class LastVerdicts {
  private static final Set<String> NO_ACCOUNT =
      Set.of(Reason.AccountNotFound.name(), Reason.OtherAccount.name());

  private LastVerdicts() {}

  /**
   * The verdicts of the last pass, with a new one on Programmed. If Accepted is about an older
   * manifest, it is left out, unless the object is being deleted.
   *
   * @param before the conditions that the last pass wrote
   */
  public static Assessment with(Verdict programmed, HasMetadata object, List<Condition> before) {
    Assessment assessment =
        Assessment.carriedOver(before, ConditionType.Programmed)
            .put(ConditionType.Programmed, programmed);
    // If the account could not be used, it can now.
    Conditions.find(before, ConditionType.ResolvedRefs)
        .filter(last -> NO_ACCOUNT.contains(last.reason()))
        .ifPresent(
            last ->
                assessment.replace(
                    ConditionType.ResolvedRefs,
                    Verdict.unknown(Reason.Pending, "The manifest is not processed yet.")));
    return acceptAnOlderManifest(object, before) && !object.isMarkedForDeletion()
        ? assessment.replace(
            ConditionType.Accepted,
            Verdict.unknown(Reason.Pending, "The manifest is not processed yet."))
        : assessment;
  }

  /**
   * Whether Accepted is True and about an older manifest. For the present manifest, it would give
   * names that were not judged yet.
   *
   * @param before the conditions that the last pass wrote
   */
  public static boolean acceptAnOlderManifest(HasMetadata object, List<Condition> before) {
    return Conditions.find(before, ConditionType.Accepted)
        .filter(last -> last.status() == ConditionStatus.True)
        .filter(last -> !object.getMetadata().getGeneration().equals(last.observedGeneration()))
        .isPresent();
  }
}
