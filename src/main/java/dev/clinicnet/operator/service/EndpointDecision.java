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

/** The public cloud endpoint of a service. It is created, corrected or taken down. */
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
   * The URL at which it was served last. An on-demand endpoint is taken down when the last session
   * ends, so it is expected to exist only for a session that already had it open.
   */
  private static String lastURL(ServiceObservation o) {
    OnDemandStatus open = o.status().onDemand();
    boolean expected =
        !o.isOnDemand()
            || o.mustBeClosed()
            || (open != null && !Collections.disjoint(open.sessions(), o.window().sessions()));
    return expected ? o.status().publicURL() : null;
  }

  /** Every endpoint is taken down. */
  static List<Step> close(ServiceObservation o) {
    return endpoint(o).close(o.mustBeClosed() ? Cause.CLOSING : Cause.MANIFEST);
  }

  /** The endpoint that stays while the manifest is refused. */
  static HeldEndpoint held(ServiceObservation o) {
    return new HeldEndpoint(endpoint(o));
  }

  /** The steps that take the endpoint down while the account is not listed. */
  static List<Step> closeUnseen(ServiceObservation o) {
    return o.mustBeClosed() ? endpoint(o).closeUnseen() : ServiceQuarantine.unseen(o);
  }

  /** There must be one endpoint at this URL with this policy, and no other. */
  static List<Step> open(
      ServiceObservation o, String url, TrafficPolicy policy, Assessment assessment) {
    return endpoint(o).open(url, policy, assessment);
  }

  /** The endpoint for the status; the earlier status while the endpoint is missing. */
  static EndpointStatus status(ServiceObservation o, String url, TrafficPolicy policy) {
    return endpoint(o).status(url, policy, o.service().getMetadata().getGeneration());
  }
}
