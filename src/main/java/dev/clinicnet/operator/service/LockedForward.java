package dev.clinicnet.operator.service;

import dev.clinicnet.operator.condition.Assessment;
import dev.clinicnet.operator.policy.Forward;
import dev.clinicnet.operator.policy.TrafficPolicy;

/**
 * The policy of a public endpoint, with the secret of the internal lock. If the vault has no room
 * for that secret, the policy of an endpoint that exists goes out without it: a change that narrows
 * access must not wait for a lock. If an agent demands the secret, the policy keeps it.
 */
record LockedForward(
    ServiceObservation o,
    ServicePolicy policy,
    InternalEndpoint internal,
    InternalLockDecision lock,
    VaultDecision vault) {

  /** The policy of the endpoint at a URL. */
  TrafficPolicy policyAt(String url) {
    TrafficPolicy whole = with(lock.reference());
    boolean leavesOut =
        !vault.isReady()
            && mayBeSent()
            && !lock.isDemanded()
            // A secret that is only to be created again changes nothing meanwhile.
            && !EndpointDecision.open(o, url, whole, new Assessment()).isEmpty();
    return leavesOut ? with(null) : whole;
  }

  /**
   * Whether the policy may be sent. An endpoint never reads a secret that does not exist yet,
   * except one without which no request gets through. A new endpoint waits for its lock.
   */
  boolean mayBeSent() {
    return vault.isReady() || (vault.lacksOnly(lock.entry()) && !o.endpoints().isEmpty());
  }

  /** Whether the endpoint exists, and sends no secret because the vault does not have it. */
  boolean leftOut() {
    return vault.lacksOnly(lock.entry())
        && !o.endpoints().isEmpty()
        && !vault.isRead(lock.entry().orElseThrow());
  }

  private TrafficPolicy with(String secret) {
    return OnDemandDecision.limited(
        o, policy.forwardingTo(new Forward(internal.url(), o.internalDomain(), secret)));
  }
}
