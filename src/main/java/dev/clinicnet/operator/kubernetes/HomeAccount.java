package dev.clinicnet.operator.kubernetes;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceStatus;
import dev.clinicnet.operator.api.v1alpha1.NgrokAccount;
import java.util.Optional;

/** The ngrok account in which an object has everything that it has at ngrok. */
public final class HomeAccount {
  private HomeAccount() {}

  /**
   * The account of a service: the one in which it has something, otherwise that of its Clinic.
   *
   * @param clinic its Clinic; empty if there is none
   */
  public static String of(ClinicService service, Optional<Clinic> clinic) {
    ClinicServiceStatus status = ClinicServiceStatus.of(service);
    String recorded = status.account() == null ? NgrokAccount.DEFAULT : status.account();
    return hasSomething(status)
        ? recorded
        : clinic.map(its -> its.getSpec().account()).orElse(recorded);
  }

  /** Whether a service may have something at ngrok. An intent to reserve an address counts. */
  private static boolean hasSomething(ClinicServiceStatus status) {
    return status.address() != null
        || status.endpoint() != null
        || !status.vaultSecrets().isEmpty();
  }
}
