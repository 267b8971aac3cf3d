package dev.clinicnet.operator.service;

import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceStatus;
import dev.clinicnet.operator.condition.Assessment;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.condition.Warnings;
import dev.clinicnet.operator.config.Settings;
import dev.clinicnet.operator.inventory.Inventory;
import dev.clinicnet.operator.kubernetes.Cluster;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/** The verdicts on a service, without any change. */
public final class ServicePreview {
  private ServicePreview() {}

  /** The verdicts of one pass over a service that is not being deleted. */
  public static Assessment of(
      ClinicService service, Cluster cluster, Settings settings, Inventory inventory, Instant now) {
    return ServiceDecision.decide(observe(service, cluster, settings, inventory, now)).assessment();
  }

  /**
   * Only the verdicts on what a service requires of its clients, whether its Clinic exists or not.
   */
  public static Assessment ofPolicy(
      ClinicService service, Cluster cluster, Settings settings, Inventory inventory, Instant now) {
    Assessment assessment = new Assessment();
    ServiceAcceptance.policy(observe(service, cluster, settings, inventory, now), assessment)
        .value()
        .ifPresent(
            policy ->
                assessment.put(
                    ConditionType.Accepted,
                    Verdict.yes(Reason.Accepted, Warnings.append("", policy.warnings()))));
    return assessment;
  }

  private static ServiceObservation observe(
      ClinicService service, Cluster cluster, Settings settings, Inventory inventory, Instant now) {
    return ServiceObservation.of(
        service,
        ClinicServiceStatus.of(service),
        cluster,
        settings,
        inventory,
        Optional.empty(),
        "preview",
        Clock.fixed(now, ZoneOffset.UTC));
  }
}
