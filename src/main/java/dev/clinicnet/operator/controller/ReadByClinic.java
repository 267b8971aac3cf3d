package dev.clinicnet.operator.controller;

import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceStatus;
import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Conditions;
import dev.clinicnet.operator.condition.Reason;
import java.util.List;
import java.util.Optional;

/**
 * Selects the updates of a ClinicService that its Clinic reads. Of its conditions it reads whether
 * the service is accepted and ready, and what somebody must do for it.
 */
public final class ReadByClinic {
  private ReadByClinic() {}

  /** Whether the Clinic of a service must look at it again. */
  public static boolean differs(ClinicService now, ClinicService before) {
    return RelevantUpdate.differs(now, before)
        || !read(ClinicServiceStatus.of(now)).equals(read(ClinicServiceStatus.of(before)));
  }

  /** The status without what a Clinic does not read. */
  private static ClinicServiceStatus read(ClinicServiceStatus status) {
    return new ClinicServiceStatus(
        null,
        read(status.conditions()),
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

  private static List<Condition> read(List<Condition> conditions) {
    return conditions.stream()
        .flatMap(
            found -> ConditionType.parse(found.type()).flatMap(type -> read(type, found)).stream())
        .toList();
  }

  private static Optional<Condition> read(ConditionType type, Condition found) {
    return switch (type) {
      case Accepted -> Optional.of(Conditions.withoutTime(found));
      case Ready ->
          Optional.of(new Condition(found.type(), found.status(), null, null, null, null));
      // A Clinic that is being deleted says which of its services need somebody.
      case Programmed ->
          Reason.parse(found.reason()).filter(r -> r.waits() == Reason.Waits.SOMEBODY).isPresent()
              ? Optional.of(Conditions.withoutTime(found))
              : Optional.empty();
      default -> Optional.empty();
    };
  }
}
