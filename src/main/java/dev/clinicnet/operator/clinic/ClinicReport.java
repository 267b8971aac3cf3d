package dev.clinicnet.operator.clinic;

import dev.clinicnet.operator.account.Account;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.claim.ClinicNames;
import dev.clinicnet.operator.condition.Assessment;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Unseen;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.kubernetes.Cluster;
import dev.clinicnet.operator.kubernetes.StatusReport;
import java.util.List;
import java.util.Optional;

/** Reports on a Clinic with one complete status, which claims only what is known. */
final class ClinicReport {
  private ClinicReport() {}

  static void write(
      Clinic clinic,
      Cluster cluster,
      ClinicStatus status,
      Assessment assessment,
      ClinicKind kind) {
    Account account = kind.account();
    account.withheld().tell(Owner.of(clinic), assessment);
    List<Condition> before =
        clinic.getStatus() == null ? List.of() : clinic.getStatus().conditions();
    Optional<Unseen> lists = account.sight().unseen(kind.lists(clinic));
    Optional<Unseen> agents = account.sight().unseenAgents();
    assessment
        .unseen(ConditionType.Programmed, lists, before)
        .unseen(ConditionType.DomainsReady, lists, before)
        .unseen(ConditionType.AgentOnline, agents, before)
        .unseen(ConditionType.SiteKitCurrent, agents, before);
    long generation = clinic.getMetadata().getGeneration();
    List<Condition> conditions = assessment.conditions(before, generation, kind.clock().instant());
    Clinic fresh = new Clinic();
    fresh.setMetadata(StatusReport.identity(clinic));
    fresh.setStatus(status.judged(generation, conditions, ClinicNames.internalDomain(clinic)));
    new StatusReport(cluster)
        .write(clinic, fresh, fresh.getStatus().equals(clinic.getStatus()), before, conditions);
  }
}
