package dev.clinicnet.operator.clinic;

import dev.clinicnet.operator.account.Account;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.claim.ClinicNames;
import dev.clinicnet.operator.condition.Assessment;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.kubernetes.Cluster;
import dev.clinicnet.operator.kubernetes.StatusReport;
import java.time.Instant;
import java.util.List;

/** Reports on a Clinic with one complete status, which claims only what is known. */
final class ClinicReport {
  private ClinicReport() {}

  static void write(
      Clinic clinic,
      Cluster cluster,
      ClinicStatus status,
      Assessment assessment,
      Account account,
      Instant now) {
    account.withheld().tell(Owner.of(clinic), assessment);
    List<Condition> before =
        clinic.getStatus() == null ? List.of() : clinic.getStatus().conditions();
    assessment.unseen(
        account.sight().unseen(Account.NEEDED), account.sight().unseenAgents(), before);
    long generation = clinic.getMetadata().getGeneration();
    List<Condition> conditions = assessment.conditions(before, generation, now);
    Clinic fresh = new Clinic();
    fresh.setMetadata(StatusReport.identity(clinic));
    fresh.setStatus(status.judged(generation, conditions, ClinicNames.internalDomain(clinic)));
    new StatusReport(cluster)
        .write(clinic, fresh, fresh.getStatus().equals(clinic.getStatus()), before, conditions);
  }
}
