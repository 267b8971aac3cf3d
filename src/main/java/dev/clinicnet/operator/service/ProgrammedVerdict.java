package dev.clinicnet.operator.service;

import dev.clinicnet.operator.account.FailureVerdict;
import dev.clinicnet.operator.account.WritePermission;
import dev.clinicnet.operator.condition.Assessment;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.plan.Run;
import java.util.List;
import java.util.Optional;

/** What Programmed says of a service after a pass. */
final class ProgrammedVerdict {
  private ProgrammedVerdict() {}

  /** Of one that is not being deleted. */
  static Verdict of(ServiceDecision decision, WritePermission permission, Run run) {
    Optional<Verdict> withheld = permission.withheld(decision.steps());
    if (withheld.isPresent()) {
      return withheld.get();
    }
    Assessment assessment = decision.assessment();
    if (!decision.steps().isEmpty() || !run.failed().isEmpty()) {
      return run.failed().stream()
          .findFirst()
          .map(FailureVerdict::of)
          .orElse(Verdict.no(Reason.Pending, "In progress."));
    }
    Optional<Verdict> decided = assessment.get(ConditionType.Programmed);
    if (decided.filter(verdict -> verdict.reason() == Reason.Quarantined).isPresent()) {
      return decided.get();
    }
    for (ConditionType type : List.of(ConditionType.ResolvedRefs, ConditionType.Accepted)) {
      if (assessment.fails(type)) {
        return Verdict.no(
            assessment.get(type).orElseThrow().reason(),
            "Nothing is changed at ngrok while " + type + " does not hold.");
      }
    }
    return decided.orElse(
        Verdict.yes(Reason.Programmed, "ngrok holds what the manifest asks for."));
  }

  /** Of one that is being deleted. */
  static Verdict of(ServiceDeletion deletion, WritePermission permission, Run run) {
    String remaining = " Still to do: " + String.join(", ", deletion.remaining()) + ".";
    return permission
        .withheld(deletion.steps())
        .or(
            () ->
                run.failed().stream()
                    .findFirst()
                    .map(FailureVerdict::why)
                    .map(verdict -> Verdict.no(verdict.reason(), verdict.message() + remaining)))
        .orElse(Verdict.no(Reason.Deleting, "In progress." + remaining));
  }
}
