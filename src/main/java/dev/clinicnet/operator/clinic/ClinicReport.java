package dev.clinicnet.operator.clinic;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.condition.Assessment;
import dev.clinicnet.operator.kubernetes.Cluster;
import dev.clinicnet.operator.kubernetes.StatusReport;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Instant;
import java.util.List;

/** Tells what became of a Clinic: one complete status. */
final class ClinicReport {
  private ClinicReport() {}

  static void write(
      Clinic clinic, Cluster cluster, ClinicStatus status, Assessment assessment, Instant now) {
    List<Condition> before =
        clinic.getStatus() == null ? List.of() : clinic.getStatus().conditions();
    long generation = clinic.getMetadata().getGeneration();
    List<Condition> conditions = assessment.conditions(before, generation, now);
    Clinic fresh = new Clinic();
    fresh.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(clinic.getMetadata().getNamespace())
            .withName(clinic.getMetadata().getName())
            .withUid(clinic.getMetadata().getUid())
            .build());
    fresh.setStatus(withConditions(status, generation, conditions));
    new StatusReport(cluster)
        .write(clinic, fresh, fresh.getStatus().equals(clinic.getStatus()), before, conditions);
  }

  private static ClinicStatus withConditions(
      ClinicStatus status, long generation, List<Condition> conditions) {
    return new ClinicStatus(
        generation,
        conditions,
        status.domains(),
        status.serviceUser(),
        status.authtoken(),
        status.siteKit(),
        status.agents(),
        status.services(),
        status.dnsRecords(),
        status.agentAPI(),
        status.quarantinedSince(),
        status.agentsRestarted());
  }
}
