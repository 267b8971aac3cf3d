package dev.clinicnet.operator.reconcile;

import dev.clinicnet.operator.account.FailureVerdict;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceStatus;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.claim.ClinicNames;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Unseen;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.kubernetes.Cluster;
import dev.clinicnet.operator.kubernetes.StatusReport;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The report on an object whose account cannot be used. Nothing is changed at ngrok, and nothing is
 * known. The rest of the status stays, so that everything goes on when the account is back.
 *
 * @param reason what ResolvedRefs says
 * @param why why the account cannot be used, and what to do, without a full stop
 */
public record AccountRefusal(Reason reason, String why) {

  /** The account does not exist, or the operator does not run it. */
  public static AccountRefusal notFound(String account) {
    return new AccountRefusal(
        Reason.AccountNotFound,
        "spec.accountRef.name "
            + account
            + ": the operator has no such account. Nothing is changed at ngrok before it has:"
            + " apply the NgrokAccount "
            + account
            + " with spec.apiKeySecretRef (again), or see its conditions");
  }

  /** A service has something in another account than the one of its Clinic. */
  public static AccountRefusal moved(String clinic, String wanted, String present) {
    return new AccountRefusal(
        Reason.OtherAccount,
        "The Clinic "
            + clinic
            + " is in the ngrok account "
            + wanted
            + ", and what this service has is in "
            + present
            + ", from where it cannot move: delete this ClinicService, and create it under another"
            + " name");
  }

  /** Reports on a Clinic. */
  public void report(Clinic clinic, Cluster cluster, Instant now) {
    ClinicStatus status = ClinicStatus.of(clinic);
    List<Condition> conditions = conditions(clinic, status.conditions(), now);
    ClinicStatus judged =
        status.judged(
            clinic.getMetadata().getGeneration(), conditions, ClinicNames.internalDomain(clinic));
    new StatusReport(cluster).write(clinic, new Clinic(), judged, status.conditions(), conditions);
  }

  /** Reports on a service. */
  public void report(ClinicService service, Cluster cluster, Instant now) {
    ClinicServiceStatus status = ClinicServiceStatus.of(service);
    List<Condition> conditions = conditions(service, status.conditions(), now);
    ClinicServiceStatus judged = status.judged(service.getMetadata().getGeneration(), conditions);
    new StatusReport(cluster)
        .write(service, new ClinicService(), judged, status.conditions(), conditions);
  }

  private List<Condition> conditions(HasMetadata object, List<Condition> before, Instant now) {
    Unseen unseen = new Unseen(reason, now, why);
    Verdict refusal =
        Verdict.no(
            reason,
            object.isMarkedForDeletion() ? why + ". " + FailureVerdict.ABANDONING : why + ".");
    Verdict programmed =
        object.isMarkedForDeletion() ? refusal : unseen.verdict(before, ConditionType.Programmed);
    return LastVerdicts.with(programmed, object, before)
        .replace(ConditionType.ResolvedRefs, refusal)
        .unseen(Optional.of(unseen), Optional.of(unseen), before)
        .conditions(before, object.getMetadata().getGeneration(), now);
  }
}
