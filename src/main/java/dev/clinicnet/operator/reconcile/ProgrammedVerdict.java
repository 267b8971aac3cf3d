package dev.clinicnet.operator.reconcile;

import dev.clinicnet.operator.account.FailureVerdict;
import dev.clinicnet.operator.condition.Assessment;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.plan.Run;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The verdict on Programmed after a pass. */
final class ProgrammedVerdict {
  /** The reasons of an object that is closed. They also count while its manifest is refused. */
  private static final Set<Reason> CLOSED = EnumSet.of(Reason.Quarantined, Reason.EndpointClosed);

  private static final List<ConditionType> REFUSING =
      List.of(ConditionType.ResolvedRefs, ConditionType.Accepted);

  private ProgrammedVerdict() {}

  /** The verdict for an object that is not being deleted. */
  static Verdict of(Decision decision, WritePermission permission, Run run) {
    Optional<Verdict> withheld = permission.withheld(decision.steps(), decision.left());
    if (withheld.isPresent()) {
      return withheld.get();
    }
    if (!permission.permitted(decision.steps()).isEmpty() || !run.failed().isEmpty()) {
      return run.failed().stream()
          .findFirst()
          .map(FailureVerdict::of)
          .orElse(Verdict.no(Reason.Pending, "In progress."));
    }
    Assessment assessment = decision.assessment();
    Optional<Verdict> decided = assessment.get(ConditionType.Programmed);
    if (decided.filter(verdict -> CLOSED.contains(verdict.reason())).isPresent()) {
      return decided.get();
    }
    for (ConditionType type : REFUSING) {
      if (assessment.fails(type)) {
        return WritePermission.refused(
            assessment.get(type).orElseThrow().reason(),
            "Only what takes access away is changed at ngrok while " + type + " does not hold.",
            decision.left());
      }
    }
    return decided.orElse(
        permission.suspended()
            ? Verdict.yes(Reason.Suspended, WritePermission.AT_REST)
            : Verdict.yes(Reason.Programmed, "The ngrok account matches the manifest."));
  }

  /** The verdict for an object that is being deleted. */
  static Verdict of(Deletion deletion, WritePermission permission, Run run) {
    return permission
        .withheld(deletion.steps())
        .or(
            () ->
                run.failed().stream()
                    .findFirst()
                    .map(failure -> FailureVerdict.whileDeleting(failure, deletion.left())))
        .orElseGet(deletion::waiting);
  }
}
