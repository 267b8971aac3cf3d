package dev.clinicnet.operator.claim;

import dev.clinicnet.operator.api.v1alpha1.AddressStatus;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.claim.Claimant.Hold;
import java.util.Collection;
import java.util.Optional;

/** Who holds a TCP address that carries no mark. */
public final class AddressClaims {
  private AddressClaims() {}

  /**
   * Who else holds the address that {@code self} asks for: whoever had it reserved, else whoever
   * listens there and goes on to, or was accepted and waits for a session. One that only asks for
   * it may lack the grant, and holds nothing; one that asks for another gives it up, be it in
   * exchange.
   *
   * @param services those that ask for it or that have it, {@code self} or not
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
    AddressStatus status = service.getStatus() == null ? null : service.getStatus().address();
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
