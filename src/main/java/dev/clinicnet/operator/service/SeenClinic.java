package dev.clinicnet.operator.service;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.api.v1alpha1.SiteKitStatus;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Conditions;
import dev.clinicnet.operator.kubernetes.SeenMetadata;
import java.util.stream.Stream;

/**
 * A Clinic as its services see it. They look again when this differs, and decisions on them get
 * nothing else. So a decision that needs more never works, and does not only wake too late.
 */
public final class SeenClinic {
  private SeenClinic() {}

  /**
   * The Clinic without what its services do not read. Of its conditions they read only Accepted;
   * and Programmed tells when a domain that they wait for is the Clinic's again. They read nothing
   * about its agents, its site kit without the keys of the locks, and the number of its services,
   * which change most often.
   */
  public static Clinic of(Clinic clinic) {
    Clinic seen = new Clinic();
    seen.setMetadata(SeenMetadata.of(clinic.getMetadata()));
    seen.setSpec(clinic.getSpec());
    if (clinic.getStatus() != null) {
      seen.setStatus(status(clinic.getStatus()));
    }
    return seen;
  }

  /** Whether services see another Clinic. */
  public static boolean differs(Clinic now, Clinic before) {
    return !SeenMetadata.of(now.getMetadata()).equals(SeenMetadata.of(before.getMetadata()))
        || !status(ClinicStatus.of(now)).equals(status(ClinicStatus.of(before)));
  }

  private static ClinicStatus status(ClinicStatus status) {
    return new ClinicStatus(
        null,
        Stream.of(ConditionType.Accepted, ConditionType.Programmed)
            .flatMap(type -> Conditions.find(status.conditions(), type).stream())
            .toList(),
        status.domains(),
        status.serviceUser(),
        status.authtoken(),
        siteKit(status.siteKit()),
        null,
        null,
        null,
        status.agentAPI(),
        status.quarantinedSince(),
        null,
        null,
        status.internalDomain(),
        null);
  }

  private static SiteKitStatus siteKit(SiteKitStatus kit) {
    return kit == null || kit.lockID() == null
        ? null
        : new SiteKitStatus(null, null, null, kit.lockID());
  }
}
