package dev.clinicnet.operator.endpoint;

import dev.clinicnet.operator.api.v1alpha1.EndpointStatus;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.ngrok.Endpoint;
import dev.clinicnet.operator.policy.ContentHash;
import dev.clinicnet.operator.policy.PolicyForm;
import dev.clinicnet.operator.policy.PolicyText;
import dev.clinicnet.operator.policy.Tightening;
import dev.clinicnet.operator.policy.TrafficPolicy;

/**
 * The platform's answer to the last policy of an endpoint. The platform may store another text than
 * it got, and shows that text from then on.
 */
public final class PolicyEcho {
  private PolicyEcho() {}

  /** Whether an endpoint shows the answer to the last sent policy. */
  public static boolean isOfTheLast(EndpointStatus last, Endpoint present) {
    return last != null
        && present.id().equals(last.id())
        && PublicEndpoint.echoHash(present).equals(last.echoHash());
  }

  /**
   * Whether somebody else changed the policy of the endpoint that the status names. Rules of a
   * refused manifest in front of it come from the operator, even if the status does not say so yet.
   * Then the policy behind them is the one that was written before.
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

  /**
   * Whether an endpoint has this policy: its text means the same, or is the answer to this policy.
   * A policy that was written by hand may have another form, so that an adopted endpoint keeps it.
   */
  public static boolean holds(EndpointStatus last, Endpoint present, TrafficPolicy policy) {
    return PolicyText.sameMeaning(present.trafficPolicy(), policy.toJson())
        || (isOfTheLast(last, present) && policy.hash().equals(last.policyHash()))
        || (wasMadeByHand(present)
            && PolicyForm.sameEffect(present.trafficPolicy(), policy.toJson()));
  }

  private static boolean wasMadeByHand(Endpoint present) {
    return Mark.on(present).map(Mark::wasAdopted).orElse(true);
  }
}
