package dev.clinicnet.operator.kubernetes;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceStatus;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
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

  /** An account as a status has it: the default one is not written down. */
  public static String recorded(String account) {
    return account.equals(NgrokAccount.DEFAULT) ? null : account;
  }

  /**
   * Whether a Clinic may have something in another account than the default one. An account is
   * written down before the first request.
   */
  public static boolean mayHaveSomething(Clinic clinic) {
    ClinicStatus status = ClinicStatus.of(clinic);
    return status.account() != null
        || status.serviceUser() != null
        || status.authtoken() != null
        || (status.agentAPI() != null && status.agentAPI().endpoint() != null)
        || status.domains().stream().anyMatch(domain -> domain.id() != null);
  }

  /** Whether a service may have something in another account than the default one. */
  public static boolean mayHaveSomething(ClinicService service) {
    ClinicServiceStatus status = ClinicServiceStatus.of(service);
    return status.account() != null || hasSomething(status);
  }

  /** Whether a status has something at ngrok. An intent to reserve an address counts. */
  public static boolean hasSomething(ClinicServiceStatus status) {
    return status.address() != null
        || status.endpoint() != null
        || !status.vaultSecrets().isEmpty();
  }
}
