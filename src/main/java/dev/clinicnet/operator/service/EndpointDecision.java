package dev.clinicnet.operator.service;

import dev.clinicnet.operator.api.v1alpha1.EndpointStatus;
import dev.clinicnet.operator.condition.Assessment;
import dev.clinicnet.operator.endpoint.PublicEndpoint;
import dev.clinicnet.operator.plan.Cause;
import dev.clinicnet.operator.plan.Step;
import dev.clinicnet.operator.policy.TrafficPolicy;
import java.util.List;

/** The public cloud endpoint of a service: made, corrected, or taken down. */
final class EndpointDecision {
  private final ServiceObservation o;
  private final Assessment assessment;

  EndpointDecision(ServiceObservation observation, Assessment assessment) {
    this.o = observation;
    this.assessment = assessment;
  }

  private static PublicEndpoint endpoint(ServiceObservation o) {
    return new PublicEndpoint(
        o.endpointOwner(),
        o.status().endpoint(),
        o.status().publicURL(),
        OnDemandDecision.isShrinking(o),
        "ClinicService " + o.owner().name());
  }

  /** Whatever is there is to be taken down. */
  static List<Step> close(ServiceObservation o) {
    return endpoint(o).close(o.mustBeClosed() ? Cause.CLOSING : Cause.MANIFEST);
  }

  /** What can be taken down though nobody knows what is there. */
  static List<Step> closeUnseen(ServiceObservation o) {
    return o.mustBeClosed() ? endpoint(o).closeUnseen() : ServiceQuarantine.unseen(o);
  }

  /** An endpoint at this URL with this policy is to be there, and no other. */
  List<Step> open(String url, TrafficPolicy policy) {
    return endpoint(o).open(url, policy, assessment);
  }

  /** What the status remembers of the endpoint; what it said before while it is not there. */
  static EndpointStatus status(ServiceObservation o, String url, TrafficPolicy policy) {
    return endpoint(o).status(url, policy);
  }
}
