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

  /** Access that looks at addresses alone. If both lists are empty, every client may connect. */
  public static AccessPolicy ofAddresses(List<String> allowCIDRs, List<String> denyCIDRs) {
    return new AccessPolicy(
        AddressRestriction.of(allowCIDRs, denyCIDRs, List.of()),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
