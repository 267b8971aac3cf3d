package dev.clinicnet.operator.service;

import dev.clinicnet.operator.api.v1alpha1.OnDemandStatus;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.config.Timestamps;
import dev.clinicnet.operator.policy.Expiry;
import dev.clinicnet.operator.policy.TrafficPolicy;
import java.time.Instant;
import java.util.List;

/** The part of the decision that only on-demand services have. */
final class OnDemandDecision {
  private OnDemandDecision() {}

  /** The policy, with its end if there is one, so that access ends even if the operator is down. */
  static TrafficPolicy limited(ServiceObservation o, TrafficPolicy policy) {
    return o.isOnDemand()
        ? o.window().until().map(end -> Expiry.of(policy, end)).orElse(policy)
        : policy;
  }

  /**
   * The sessions that have the service open, for the status. The earlier entry stays until it is
   * certainly wrong, because sessions end when they are no longer named here.
   *
   * @param programmed whether the endpoint is as the sessions need it
   */
  static OnDemandStatus status(ServiceObservation o, boolean programmed) {
    OnDemandStatus before = o.status().onDemand();
    String agentEndpoint = AgentEndpointDecision.remembered(o);
    if (o.endpoints().isEmpty() || !o.isOnDemand()) {
      return remaining(null, agentEndpoint);
    }
    return programmed && !o.window().isShut()
        ? new OnDemandStatus(
            o.window().sessions(),
            o.window().until().map(Instant::toString).orElse(null),
            agentEndpoint)
        : remaining(before, agentEndpoint);
  }

  /** The earlier status, without the agent. */
  private static OnDemandStatus remaining(OnDemandStatus before, String agentEndpoint) {
    if (before == null && agentEndpoint == null) {
      return null;
    }
    return (before == null ? OnDemandStatus.EMPTY : before).withAgentEndpoint(agentEndpoint);
  }

  /**
   * Whether the new policy shortens the time. That is a closing step, and nothing holds it back.
   */
  static boolean isShrinking(ServiceObservation o) {
    OnDemandStatus before = o.status().onDemand();
    return o.isOnDemand()
        && before != null
        && before.openUntil() != null
        && o.window()
            .until()
            .filter(end -> end.isBefore(Timestamps.of(before.openUntil())))
            .isPresent();
  }

  /** The verdict while the service is open. */
  static Verdict open(ServiceObservation o) {
    List<String> sessions = o.window().sessions();
    String until = o.window().until().map(Instant::toString).orElse("");
    boolean requests = o.service().getSpec().expose().https() != null;
    return Verdict.yes(
        Reason.SessionOpen,
        "Open until "
            + until
            + " for "
            + String.join(", ", sessions)
            + (requests ? "." : "; connections that exist then may go on."));
  }
}
