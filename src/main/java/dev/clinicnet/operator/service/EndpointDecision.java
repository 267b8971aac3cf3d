package dev.clinicnet.operator.service;

import dev.clinicnet.operator.api.v1alpha1.EndpointStatus;
import dev.clinicnet.operator.api.v1alpha1.OnDemandStatus;
import dev.clinicnet.operator.condition.Assessment;
import dev.clinicnet.operator.endpoint.HeldEndpoint;
import dev.clinicnet.operator.endpoint.PublicEndpoint;
import dev.clinicnet.operator.plan.Cause;
import dev.clinicnet.operator.plan.Step;
import dev.clinicnet.operator.policy.TrafficPolicy;
import java.util.Collections;
import java.util.List;

/** The public cloud endpoint of a service: made, corrected, or taken down. */
final class EndpointDecision {
  private EndpointDecision() {}

  private static PublicEndpoint endpoint(ServiceObservation o) {
    return new PublicEndpoint(
        o.endpointOwner(),
        o.status().endpoint(),
        lastURL(o),
        OnDemandDecision.isShrinking(o),
        "ClinicService " + o.owner().name());
  }

  /**
   * Where it was served last. One that sessions open was taken down when the last of them ended:
   * only for a session that had it open already it is expected to be there.
   */
  private static String lastURL(ServiceObservation o) {
    OnDemandStatus open = o.status().onDemand();
    boolean expected =
        !o.isOnDemand()
            || o.mustBeClosed()
            || (open != null && !Collections.disjoint(open.sessions(), o.window().sessions()));
    return expected ? o.status().publicURL() : null;
  }

  /** Whatever is there is to be taken down. */
  static List<Step> close(ServiceObservation o) {
    return endpoint(o).close(o.mustBeClosed() ? Cause.CLOSING : Cause.MANIFEST);
  }

  /** What it goes on with while its manifest is refused. */
  static HeldEndpoint held(ServiceObservation o) {
    return new HeldEndpoint(endpoint(o));
  }

  /** What can be taken down though nobody knows what is there. */
  static List<Step> closeUnseen(ServiceObservation o) {
    return o.mustBeClosed() ? endpoint(o).closeUnseen() : ServiceQuarantine.unseen(o);
  }

  /** An endpoint at this URL with this policy is to be there, and no other. */
  static List<Step> open(
      ServiceObservation o, String url, TrafficPolicy policy, Assessment assessment) {
    return endpoint(o).open(url, policy, assessment);
  }

  /** What the status remembers of the endpoint; what it said before while it is not there. */
  static EndpointStatus status(ServiceObservation o, String url, TrafficPolicy policy) {
    return endpoint(o).status(url, policy, o.service().getMetadata().getGeneration());
  }
}
