package dev.clinicnet.operator.controller;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.api.v1alpha1.SiteKitStatus;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Conditions;
import java.util.stream.Stream;

/**
 * Selects the updates of a Clinic that its services read. Of its conditions they read only
 * Accepted; and Programmed tells when a domain that they wait for is the Clinic's again. They read
 * nothing about its agents and the number of its services, which change most often, and of its site
 * kit only which keys the internal locks have.
 */
public final class ReadByService {
  private ReadByService() {}

  /** Whether the services of a Clinic must look at it again. */
  public static boolean differs(Clinic now, Clinic before) {
    return RelevantUpdate.differs(now, before)
        || !read(ClinicStatus.of(now)).equals(read(ClinicStatus.of(before)));
  }

  /** The status without what services do not read. */
  private static ClinicStatus read(ClinicStatus status) {
    return new ClinicStatus(
        null,
        Stream.of(ConditionType.Accepted, ConditionType.Programmed)
            .flatMap(type -> Conditions.find(status.conditions(), type).stream())
            .map(Conditions::withoutTime)
            .toList(),
        status.domains(),
        status.serviceUser(),
        status.authtoken(),
        locks(status.siteKit()),
        null,
        null,
        null,
        status.agentAPI(),
        status.quarantinedSince(),
        null,
        null,
        status.internalDomain());
  }

  /** The name of the keys of the internal locks; null while there are none. */
  private static SiteKitStatus locks(SiteKitStatus kit) {
    return kit == null || kit.lockID() == null
        ? null
        : new SiteKitStatus(null, null, null, kit.lockID());
  }
}
