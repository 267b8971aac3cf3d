package dev.clinicnet.operator.clinic;

import dev.clinicnet.operator.account.RotationQueue;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.condition.Assessment;
import dev.clinicnet.operator.config.Settings;
import dev.clinicnet.operator.inventory.Inventory;
import dev.clinicnet.operator.kubernetes.Cluster;
import java.time.Instant;

/** The verdicts on a Clinic, without any change. */
public final class ClinicPreview {
  private ClinicPreview() {}

  /** The verdicts of one pass over a Clinic that is not being deleted. */
  public static Assessment of(
      Clinic clinic, Cluster cluster, Settings settings, Inventory inventory, Instant now) {
    return ClinicDecision.decide(
            ClinicObservation.of(
                clinic,
                ClinicStatus.of(clinic),
                cluster,
                cluster::secret,
                settings,
                inventory,
                RotationQueue.unlimited(),
                DNSPublication.NONE,
                "preview",
                now))
        .assessment();
  }
}
