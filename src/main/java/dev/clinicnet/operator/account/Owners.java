package dev.clinicnet.operator.account;

import dev.clinicnet.operator.api.v1alpha1.AddressStatus;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceStatus;
import dev.clinicnet.operator.inventory.Owner;

/** Whether the owners that marks name still want their names. */
record Owners(Requeue manifests) {
  private static final String CLINIC = "Clinic";

  /**
   * Whether a manifest wants a name. A service wants the address that it uses while it exists, and
   * a Clinic wants the domains that it lists.
   */
  boolean wants(Owner owner, String name) {
    return owner.kind().equals(CLINIC)
        ? manifests
            .clinic(owner.namespace(), owner.name())
            .filter(c -> !c.isMarkedForDeletion())
            .filter(c -> c.getSpec().domains().stream().anyMatch(d -> d.name().equals(name)))
            .isPresent()
        : manifests
            .service(owner.namespace(), owner.name())
            .filter(s -> !s.isMarkedForDeletion())
            .filter(s -> !hasAnother(ClinicServiceStatus.of(s).address(), name))
            .isPresent();
  }

  /** Whether a service has another address than this one. */
  private static boolean hasAnother(AddressStatus address, String name) {
    return address != null && address.addr() != null && !address.addr().equals(name);
  }

  /** Whether there is no manifest, also none that is being deleted. */
  boolean isGone(Owner owner) {
    return !manifests.isPresent(owner);
  }
}
