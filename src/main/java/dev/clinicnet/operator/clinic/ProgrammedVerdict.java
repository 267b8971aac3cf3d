package dev.clinicnet.operator.clinic;

import dev.clinicnet.operator.account.FailureVerdict;
import dev.clinicnet.operator.account.WritePermission;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.plan.Run;
import java.util.Optional;

/** What Programmed says of a Clinic after a pass. */
final class ProgrammedVerdict {
  private ProgrammedVerdict() {}

  /** Of one that is not being deleted. */
  static Verdict of(ClinicDecision decision, WritePermission permission, Run run) {
    Optional<Verdict> withheld = permission.withheld(decision.steps());
    if (withheld.isPresent()) {
      return withheld.get();
    }
    Optional<Verdict> decided = decision.assessment().get(ConditionType.Programmed);
    boolean done = decision.steps().isEmpty() && run.failed().isEmpty();
    if (done && decided.filter(verdict -> verdict.reason() == Reason.Quarantined).isPresent()) {
      return decided.get();
    }
    if (!permission.cutsOff() && decision.assessment().fails(ConditionType.Accepted)) {
      return Verdict.no(
          decision.assessment().get(ConditionType.Accepted).orElseThrow().reason(),
          "Nothing is changed at ngrok while the manifest is not accepted.");
    }
    if (done) {
      return decided.orElse(
          Verdict.yes(Reason.Programmed, "ngrok holds what the manifest asks for."));
    }
    return run.failed().stream()
        .findFirst()
        .map(FailureVerdict::of)
        .orElse(Verdict.no(Reason.Pending, "In progress."));
  }

  /** Of one that is being deleted. */
  static Verdict of(ClinicDeletion deletion, WritePermission permission, Run run) {
    Optional<Verdict> withheld = permission.withheld(deletion.steps());
    if (withheld.isPresent()) {
      return withheld.get();
    }
    String remaining = String.join(", ", deletion.remaining());
    return run.failed().stream()
        .findFirst()
        .map(FailureVerdict::why)
        .map(v -> Verdict.no(v.reason(), v.message() + " Still there: " + remaining + "."))
        .orElseGet(
            () ->
                Verdict.no(
                    remaining.startsWith("endpoint ")
                        ? Reason.WaitingForEndpoints
                        : Reason.Deleting,
                    "Still there: " + remaining + "."));
  }
}
