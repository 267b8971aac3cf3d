package dev.clinicnet.operator.endpoint;

import dev.clinicnet.operator.api.v1alpha1.EndpointStatus;
import dev.clinicnet.operator.ngrok.Endpoint;
import dev.clinicnet.operator.policy.ContentHash;
import dev.clinicnet.operator.policy.PolicyText;
import dev.clinicnet.operator.policy.Tightening;
import dev.clinicnet.operator.policy.TrafficPolicy;

/**
 * What the platform answered when an endpoint's policy was sent last: it may store another text
 * than it was sent, and shows that from then on.
 */
public final class PolicyEcho {
  private PolicyEcho() {}

  /** Whether an endpoint shows what was answered to the policy that was sent last. */
  public static boolean isOfTheLast(EndpointStatus last, Endpoint present) {
    return last != null
        && present.id().equals(last.id())
        && PublicEndpoint.echoHash(present).equals(last.echoHash());
  }

  /**
   * Whether somebody else changed the policy of the endpoint that the status names. What a refused
   * manifest has put in front of it is the operator's own work, though the status may not say so
   * yet: then what is behind that is what was written before.
   */
  public static boolean isEdited(EndpointStatus last, Endpoint present) {
    return last != null
        && last.echoHash() != null
        && present.id().equals(last.id())
        && !isOfTheLast(last, present)
        && Tightening.behind(present.trafficPolicy()).stream()
            .map(ContentHash::of)
            .noneMatch(hash -> hash.equals(last.echoHash()) || hash.equals(last.policyHash()));
  }

  /** Whether an endpoint has this policy: what it shows means the same, or is the answer to it. */
  public static boolean holds(EndpointStatus last, Endpoint present, TrafficPolicy policy) {
    return PolicyText.sameMeaning(present.trafficPolicy(), policy.toJson())
        || (isOfTheLast(last, present) && policy.hash().equals(last.policyHash()));
  }
}
