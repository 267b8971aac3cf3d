package dev.clinicnet.operator.service;

import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.ngrok.Endpoint;
import dev.clinicnet.operator.plan.Step;
import java.util.List;

/**
 * The last part of every decision on a service: none of its endpoints forwards outside the internal
 * domain that its Clinic has now.
 */
final class ForwardCheck {
  private static final Verdict CLOSED =
      Verdict.no(
          Reason.EndpointClosed,
          "The public endpoint lets nobody in: its forward had left the internal domain of the"
              + " Clinic, the Clinic was quarantined, or its policy was changed by hand while the"
              + " manifest was refused. It opens again when Accepted and"
              + " ResolvedRefs hold.");

  private ForwardCheck() {}

  static ServiceDecision of(ServiceObservation o, ServiceDecision decision) {
    List<Endpoint> present = o.endpoints();
    List<Step> steps = o.strays().closeIn(decision.steps(), present);
    boolean closed =
        steps.isEmpty()
            && !o.isQuarantined()
            && present.stream().anyMatch(endpoint -> ServiceQuarantine.denies(o, endpoint));
    if (closed) {
      decision.assessment().replace(ConditionType.Programmed, CLOSED);
    }
    return decision.withSteps(steps);
  }
}
