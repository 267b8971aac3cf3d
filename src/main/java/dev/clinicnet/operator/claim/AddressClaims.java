package dev.clinicnet.operator.claim;

import dev.clinicnet.operator.api.v1alpha1.AddressStatus;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceStatus;
import dev.clinicnet.operator.claim.Claimant.Hold;
import java.util.Collection;
import java.util.Optional;

/** Who holds a TCP address that carries no mark. */
public final class AddressClaims {
  private AddressClaims() {}

  /**
   * The other holder of the address that {@code self} asks for. It is the service for which the
   * address was reserved; otherwise a service that is served there and stays, or one that was
   * accepted and waits for a session. A service that only asks for the address may lack the grant,
   * so it holds nothing. A service that asks for another address gives this one up, also in an
   * exchange.
   *
   * @param services the services that ask for the address or have it; {@code self} may be among
   *     them
   */
  public static Optional<Claimant> heldBy(
      ClinicService self, String address, Collection<ClinicService> services) {
    return Claims.heldBy(
        HostClaims.claimant(self, hold(self, address)),
        services.stream()
            .filter(other -> !ClinicNames.path(other).equals(ClinicNames.path(self)))
            .map(other -> HostClaims.claimant(other, hold(other, address)))
            .filter(other -> other.hold() != Hold.NONE)
            .toList());
  }

  private static Hold hold(ClinicService service, String address) {
    AddressStatus status = ClinicServiceStatus.of(service).address();
    if (status == null || !address.equals(status.addr())) {
      return Hold.NONE;
    }
    if (status.nonce() != null) {
      return Hold.MARK;
    }
    String url = "tcp://" + address;
    boolean listens =
        service.getStatus().endpoint() != null && url.equals(service.getStatus().publicURL());
    return PublicURLs.asks(service, url) && (listens || Acceptance.isAccepted(service))
        ? Hold.STATUS
        : Hold.NONE;
  }
}
