package dev.clinicnet.operator.clinic;

import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceStatus;
import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.kubernetes.SeenMetadata;
import java.util.List;
import java.util.Optional;

/**
 * A ClinicService as its Clinic sees it. The Clinic looks again when this differs, and decisions on
 * it get nothing else. So a decision that needs more never works, and does not only wake too late.
 */
public final class SeenService {
  private SeenService() {}

  /**
   * The service without what its Clinic does not read. Of its conditions it reads whether the
   * service is accepted and ready or becomes ready soon, and what somebody must do for it.
   */
  public static ClinicService of(ClinicService service) {
    ClinicService seen = new ClinicService();
    seen.setMetadata(SeenMetadata.of(service.getMetadata()));
    seen.setSpec(service.getSpec());
    if (service.getStatus() != null) {
      seen.setStatus(status(service.getStatus()));
    }
    return seen;
  }

  /** Whether its Clinic sees another service. */
  public static boolean differs(ClinicService now, ClinicService before) {
    return !SeenMetadata.of(now.getMetadata()).equals(SeenMetadata.of(before.getMetadata()))
        || !status(ClinicServiceStatus.of(now)).equals(status(ClinicServiceStatus.of(before)));
  }

  private static ClinicServiceStatus status(ClinicServiceStatus status) {
    return new ClinicServiceStatus(
        null,
        conditions(status.conditions()),
        status.internalURL(),
        status.internalBoundAt(),
        status.publicURL(),
        status.address(),
        status.endpoint(),
        status.deletionPolicy(),
        status.account(),
        status.vaultSecrets(),
        status.onDemand(),
        status.internalLock());
  }

  private static List<Condition> conditions(List<Condition> conditions) {
    return conditions.stream()
        .flatMap(
            found ->
                ConditionType.parse(found.type()).flatMap(type -> condition(type, found)).stream())
        .toList();
  }

  private static Optional<Condition> condition(ConditionType type, Condition found) {
    return switch (type) {
      case Accepted -> Optional.of(found);
      case Ready ->
          Optional.of(
              new Condition(
                  found.type(),
                  found.status(),
                  null,
                  found.lastTransitionTime(),
                  ServiceCount.comes(found).map(Reason::name).orElse(null),
                  null));
      // A Clinic that is being deleted says which of its services need somebody.
      case Programmed ->
          Reason.parse(found.reason())
              .filter(reason -> reason.waits() == Reason.Waits.SOMEBODY)
              .map(reason -> found);
      default -> Optional.empty();
    };
  }
}
