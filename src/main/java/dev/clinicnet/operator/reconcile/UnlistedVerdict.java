package dev.clinicnet.operator.reconcile;

import dev.clinicnet.operator.account.FailureVerdict;
import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.api.v1alpha1.ConditionStatus;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Conditions;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Unseen;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.ngrok.NgrokException;
import dev.clinicnet.operator.plan.Run;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Optional;

/** The verdict on Programmed while nothing can be decided, because a list is missing. */
public final class UnlistedVerdict {
  private UnlistedVerdict() {}

  /**
   * The verdict: the failure of the object's own requests; otherwise the earlier verdict, if it was
   * about this manifest and not True, and promised no wait; otherwise why the list fails.
   *
   * @param run the steps that closed or revoked something without a list
   * @param refusal why a list is refused that only some objects need
   * @param quarantine the verdict on a site that is cut off
   * @param failure why the lists fail that the object waits for
   * @param before the present conditions of the status
   */
  public static Verdict of(
      HasMetadata object,
      Run run,
      Optional<NgrokException> refusal,
      Optional<Verdict> quarantine,
      Optional<Unseen> failure,
      List<Condition> before) {
    return run.failed().stream()
        .findFirst()
        .map(FailureVerdict::of)
        .or(() -> refusal.map(FailureVerdict::of))
        .or(() -> quarantine)
        .or(() -> stillTrue(object, failure, before))
        .or(() -> failure.map(unseen -> unseen.verdict(before, ConditionType.Programmed)))
        .orElse(Verdict.unknown(Reason.Pending, "The ngrok account is being listed."));
  }

  /** A promise for how long an object waits is no longer true when the platform fails. */
  private static Optional<Verdict> stillTrue(
      HasMetadata object, Optional<Unseen> failure, List<Condition> before) {
    return Conditions.find(before, ConditionType.Programmed)
        .filter(old -> !object.isMarkedForDeletion())
        .filter(old -> failure.isEmpty() || !old.reason().equals(Reason.WaitingForBudget.name()))
        .filter(old -> old.status() == ConditionStatus.False)
        .filter(old -> object.getMetadata().getGeneration().equals(old.observedGeneration()))
        .flatMap(
            old -> Reason.parse(old.reason()).map(reason -> Verdict.no(reason, old.message())));
  }
}
