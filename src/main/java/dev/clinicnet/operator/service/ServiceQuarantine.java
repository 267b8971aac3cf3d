package dev.clinicnet.operator.service;

import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceStatus;
import dev.clinicnet.operator.api.v1alpha1.EndpointStatus;
import dev.clinicnet.operator.condition.Assessment;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Conditions;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.endpoint.PolicyEcho;
import dev.clinicnet.operator.endpoint.PublicEndpoint;
import dev.clinicnet.operator.endpoint.StrayForwards;
import dev.clinicnet.operator.kubernetes.Annotations;
import dev.clinicnet.operator.ngrok.Endpoint;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.plan.Step;
import dev.clinicnet.operator.policy.DenyAll;
import dev.clinicnet.operator.reconcile.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The decision on a service while its Clinic is quarantined. Its public endpoint stays with its URL
 * and its address, and denies every client. An on-demand endpoint is taken down. Nothing is
 * created.
 */
final class ServiceQuarantine {
  private ServiceQuarantine() {}

  static ServiceDecision decide(ServiceObservation o) {
    Assessment assessment = new Assessment();
    Optional<Instant> expiry = CertificateExpiry.first(o);
    if (ServiceAcceptance.resolve(o, assessment)) {
      ServiceAcceptance.accept(o, assessment);
      Verdict online = InternalEndpoint.of(o).online();
      assessment.put(
          ConditionType.AgentOnline,
          online.isTrue()
              ? online
              : Verdict.no(
                  Reason.Quarantined, "No agent may bind it while the Clinic is quarantined."));
    }
    assessment.put(ConditionType.Programmed, verdict(o));
    return new ServiceDecision(
        steps(o),
        assessment,
        status(o),
        List.of(),
        Outcome.earliest(CertificateExpiry.judge(expiry, o.now(), assessment), o.window().next()),
        expiry);
  }

  /** The steps until no client gets in. */
  static List<Step> steps(ServiceObservation o) {
    return o.mustBeClosed()
        ? EndpointDecision.close(o)
        : o.endpoints().stream()
            .filter(endpoint -> !denies(o, endpoint))
            .map(endpoint -> StrayForwards.deny(endpoint.id(), endpoint.url()))
            .toList();
  }

  /** The same steps for the endpoint that the status names, while the account is not listed. */
  static List<Step> unseen(ServiceObservation o) {
    EndpointStatus known = o.status().endpoint();
    if (!o.isQuarantined()
        || known == null
        || o.inventory().isGone(Resource.ENDPOINTS, known.id())
        || o.inventory()
            .byID(Resource.ENDPOINTS, known.id())
            .optional()
            .filter(endpoint -> denies(o, endpoint))
            .isPresent()) {
      return List.of();
    }
    return List.of(StrayForwards.deny(known.id(), url(o)));
  }

  /** Whether the service is cut off according to the status. The next steps then restore it. */
  static boolean wasSaidOf(ClinicService service) {
    return Conditions.says(Conditions.of(service), ConditionType.Programmed, Reason.Quarantined);
  }

  /** The verdict; empty if the Clinic is not quarantined. */
  static Optional<Verdict> verdictOn(ServiceObservation o) {
    return o.isQuarantined() ? Optional.of(verdict(o)) : Optional.empty();
  }

  private static Verdict verdict(ServiceObservation o) {
    return Verdict.no(
        Reason.Quarantined,
        "The Clinic "
            + o.clinic().orElseThrow().getMetadata().getName()
            + " is quarantined: nobody gets in. Remove its annotation "
            + Annotations.QUARANTINE
            + " to restore the service.");
  }

  private static ClinicServiceStatus status(ServiceObservation o) {
    if (!o.mustBeClosed()) {
      return LastStatus.kept(o, endpoint(o));
    }
    return o.endpoints().isEmpty() ? LastStatus.closed(o) : LastStatus.kept(o);
  }

  /**
   * The endpoint for the status, with the policy that denies. So the policy is not taken for drift.
   */
  static EndpointStatus endpoint(ServiceObservation o) {
    EndpointStatus last = o.status().endpoint();
    return o.endpoints().stream()
        .filter(endpoint -> denies(o, endpoint))
        .findFirst()
        .map(
            endpoint ->
                new EndpointStatus(
                    endpoint.id(),
                    DenyAll.at(endpoint.url()).hash(),
                    PublicEndpoint.echoHash(endpoint)))
        .orElse(last);
  }

  /** Whether an endpoint denies every client. The platform may store another text than it got. */
  static boolean denies(ServiceObservation o, Endpoint endpoint) {
    return PolicyEcho.holds(o.status().endpoint(), endpoint, DenyAll.at(endpoint.url()));
  }

  private static String url(ServiceObservation o) {
    if (o.status().publicURL() != null) {
      return o.status().publicURL();
    }
    var expose = o.service().getSpec().expose();
    return expose != null && expose.https() != null ? "https:" : "tcp:";
  }
}
