package dev.clinicnet.operator.policy;

import java.util.List;
import java.util.Optional;

/**
 * Everything that {@code spec.access} asks of a client, with what it refers to resolved.
 *
 * @param addresses the addresses from which it may connect
 * @param certificates which certificates it may show; empty: none is asked for
 * @param rate how often it may call; empty: without a limit
 * @param login how it logs in; empty: it need not
 */
public record AccessPolicy(
    AddressRestriction addresses,
    Optional<ClientCertificates> certificates,
    Optional<RequestRate> rate,
    Optional<Login> login) {

  /** Access for every client. */
  public static final AccessPolicy ANYBODY =
      new AccessPolicy(
          AddressRestriction.of(List.of(), List.of(), List.of()),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  /** Access that looks at addresses alone. If both lists are empty, every client may connect. */
  public static AccessPolicy ofAddresses(List<String> allowCIDRs, List<String> denyCIDRs) {
    return ANYBODY.with(AddressRestriction.of(allowCIDRs, denyCIDRs, List.of()));
  }

  /** The same access from these addresses. */
  AccessPolicy with(AddressRestriction restriction) {
    return new AccessPolicy(restriction, certificates, rate, login);
  }

  /** The same access with one of these certificates. */
  AccessPolicy with(ClientCertificates shown) {
    return new AccessPolicy(addresses, Optional.of(shown), rate, login);
  }

  /** The same access at most at this rate. */
  AccessPolicy with(RequestRate limit) {
    return new AccessPolicy(addresses, certificates, Optional.of(limit), login);
  }

  /** The same access after this login. */
  AccessPolicy with(Login first) {
    return new AccessPolicy(addresses, certificates, rate, Optional.of(first));
  }
}
