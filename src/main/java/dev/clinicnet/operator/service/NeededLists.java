package dev.clinicnet.operator.service;

import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceStatus;
import dev.clinicnet.operator.ngrok.Resource;
import java.util.List;

/** The lists of the account on which decisions on a service depend. */
final class NeededLists {
  /** A service does not need users, credentials and sessions. */
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

  /**
   * While deleting, the status alone tells whether the vault is involved, because names are
   * recorded before creation.
   */
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
