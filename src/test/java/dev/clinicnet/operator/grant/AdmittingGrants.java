package dev.clinicnet.operator.grant;

import dev.clinicnet.operator.api.v1alpha1.AddressGrant;
import dev.clinicnet.operator.api.v1alpha1.AdoptionGrant;
import dev.clinicnet.operator.api.v1alpha1.NamespaceGrant;
import dev.clinicnet.operator.api.v1alpha1.OnRevoked;
import java.util.List;
import java.util.Optional;

/** AdmittingGrants for the namespace of the scenes, which admit every name. */
public final class AdmittingGrants {
  private AdmittingGrants() {}

  /** A grant that lets these be adopted, and keeps them when their owner is deleted. */
  public static Grant adopting(String... names) {
    return of(List.of(), new AdoptionGrant(List.of(names), List.of(), false));
  }

  /** A grant that lets these be adopted, and deleted with their owner. */
  public static Grant adoptingForGood(String... names) {
    return of(List.of(), new AdoptionGrant(List.of(names), List.of(), true));
  }

  /** A grant that lets these existing addresses be used. */
  public static Grant addresses(String... existing) {
    return of(List.of(existing), null);
  }

  private static Grant of(List<String> addresses, AdoptionGrant adoption) {
    NamespaceGrant grant =
        new NamespaceGrant(
            "everything",
            null,
            List.of("**"),
            List.of("**"),
            List.of("**"),
            List.of("**"),
            new AddressGrant(true, addresses),
            List.of(),
            true,
            adoption,
            null,
            null);
    return new Grant(Optional.of("default"), "clinics", OnRevoked.Retain, List.of(grant));
  }
}
