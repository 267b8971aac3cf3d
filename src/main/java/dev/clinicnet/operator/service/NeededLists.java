package dev.clinicnet.operator.service;

import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceStatus;
import dev.clinicnet.operator.ngrok.Resource;
import java.util.List;

/** Which lists of the account decisions on a service rest on. */
final class NeededLists {
  /** A service decides without looking at users, credentials and sessions. */
  private static final List<Resource<?, ?, ?>> ALWAYS =
      List.of(Resource.RESERVED_DOMAINS, Resource.RESERVED_ADDRS, Resource.ENDPOINTS);

  private static final List<Resource<?, ?, ?>> WITH_VAULT =
      List.of(
          Resource.RESERVED_DOMAINS,
          Resource.RESERVED_ADDRS,
          Resource.ENDPOINTS,
          Resource.VAULTS,
          Resource.VAULT_SECRETS);

  private NeededLists() {}

  /** Of one that goes: what is in the vault was written down before it was put there. */
  static List<Resource<?, ?, ?>> of(ClinicService service) {
    boolean vault =
        service.isMarkedForDeletion()
            ? !status(service).vaultSecrets().isEmpty()
            : VaultDecision.usesVault(service.getSpec(), status(service));
    return vault ? WITH_VAULT : ALWAYS;
  }

  private static ClinicServiceStatus status(ClinicService service) {
    return service.getStatus() == null ? ClinicServiceStatus.EMPTY : service.getStatus();
  }
}
