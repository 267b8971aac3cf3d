package dev.clinicnet.operator.service;

import dev.clinicnet.operator.api.v1alpha1.Access;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceSpec;
import dev.clinicnet.operator.api.v1alpha1.ConditionStatus;
import dev.clinicnet.operator.api.v1alpha1.EndpointStatus;
import dev.clinicnet.operator.api.v1alpha1.Expose;
import dev.clinicnet.operator.api.v1alpha1.HTTPSExposure;
import dev.clinicnet.operator.claim.DomainNames;
import dev.clinicnet.operator.claim.PublicURLs;
import dev.clinicnet.operator.condition.Assessment;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.endpoint.HeldEndpoint;
import dev.clinicnet.operator.endpoint.PolicyEcho;
import dev.clinicnet.operator.endpoint.StrayForwards;
import dev.clinicnet.operator.ngrok.Endpoint;
import dev.clinicnet.operator.ngrok.Lane;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.plan.Cause;
import dev.clinicnet.operator.plan.Drift;
import dev.clinicnet.operator.plan.Step;
import dev.clinicnet.operator.policy.Forward;
import dev.clinicnet.operator.policy.Tightening;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A refused manifest with the endpoint of an earlier one. The endpoint keeps its policy, with rules
 * in front of it for what the refused manifest closes.
 */
final class RefusedManifest {
  private RefusedManifest() {}

  /**
   * The closing steps. The condition that is False says which policy is in force. Closing steps may
   * be held back like any other change, except the end of a session.
   */
  static List<Step> tighten(ServiceObservation o, Assessment assessment) {
    Optional<ConditionType> failing =
        Stream.of(ConditionType.Accepted, ConditionType.ResolvedRefs)
            .filter(type -> isRefused(assessment, type))
            .findFirst();
    List<Endpoint> inForce = inForce(o);
    if (failing.isEmpty() || inForce.isEmpty()) {
      return List.of();
    }
    Verdict refusal = assessment.get(failing.get()).orElseThrow();
    HeldEndpoint held = EndpointDecision.held(o);
    assessment.replace(failing.get(), refusal.and(told(o, held, inForce.get(0))));
    Tightening tightening = tightening(o);
    return inForce.stream()
        .flatMap(
            endpoint ->
                held.isEdited(endpoint)
                    ? Stream.of(close(held, endpoint, tightening))
                    : step(o, endpoint, tightening).stream())
        .toList();
  }

  /**
   * A policy that was changed by hand may admit clients that the last good one kept out. The last
   * good one cannot be restored, so the endpoint denies every client. The end of a session is not
   * held back, and may be part of this step.
   */
  private static Step close(HeldEndpoint held, Endpoint endpoint, Tightening tightening) {
    Step closing = held.close(endpoint);
    return tightening.endsBefore(endpoint.trafficPolicy()) ? closing.closing() : closing;
  }

  /**
   * Changes by others of the objects of a refused manifest. They are left as they are, because
   * nothing may be changed for a refused manifest.
   */
  static List<Drift> left(ServiceObservation o, Assessment assessment) {
    boolean refused =
        isRefused(assessment, ConditionType.Accepted)
            || isRefused(assessment, ConditionType.ResolvedRefs);
    Expose expose = o.service().getSpec().expose();
    if (!refused || expose == null) {
      return List.of();
    }
    List<Drift> left = new ArrayList<>(EndpointDecision.held(o).drift());
    if (expose.tcp() != null) {
      new AddressDecision(o, new Assessment())
          .decide(expose.tcp())
          .steps()
          .forEach(step -> left.addAll(step.drift()));
    }
    left.addAll(VaultDecision.held(o));
    return left;
  }

  /** Whether neither the manifest nor that of its Clinic wants the service at its present URL. */
  static boolean leavesItsDomain(ServiceObservation o) {
    String url = o.status().publicURL();
    Optional<String> host =
        Forward.host(url).filter(name -> !url.startsWith("tcp:") && PublicURLs.leaves(o.service()));
    return host.isPresent()
        && o.clinic().isPresent()
        && !JudgedClinic.of(o).hasChanged()
        && o.clinic().get().getSpec().domains().stream()
            .noneMatch(domain -> DomainNames.covers(domain.name(), host.get()));
  }

  /** Whether a condition is False. An Unknown one was not processed yet. */
  private static boolean isRefused(Assessment assessment, ConditionType type) {
    return assessment
        .get(type)
        .filter(verdict -> verdict.status() == ConditionStatus.False)
        .isPresent();
  }

  private static String told(ServiceObservation o, HeldEndpoint held, Endpoint endpoint) {
    if (held.isEdited(endpoint)) {
      return "The policy at ngrok is none of the operator's: somebody changed it by hand.";
    }
    List<String> closed = Tightening.namesIn(endpoint.trafficPolicy());
    return policy(o)
        + " stays in force"
        + (closed.isEmpty() ? "." : "; in front of it: " + String.join("; ", closed) + ".");
  }

  private static String policy(ServiceObservation o) {
    EndpointStatus last = o.status().endpoint();
    if (last == null || last.generation() == null) {
      return "An older policy";
    }
    return last.generation().equals(o.service().getMetadata().getGeneration())
        ? "The policy that it had"
        : "The policy of generation " + last.generation();
  }

  /** The endpoints that admit clients and forward to a permitted URL. Others are closed anyway. */
  private static List<Endpoint> inForce(ServiceObservation o) {
    StrayForwards strays = o.strays();
    return o.endpoints().stream()
        .filter(endpoint -> !strays.isStray(endpoint))
        .filter(endpoint -> !ServiceQuarantine.denies(o, endpoint))
        .toList();
  }

  private static Tightening tightening(ServiceObservation o) {
    ClinicServiceSpec spec = o.service().getSpec();
    Access access = spec.access();
    HTTPSExposure https = spec.expose() == null ? null : spec.expose().https();
    return Tightening.of(
        o.service().getMetadata().getGeneration(),
        access.allowCIDRs(),
        access.denyCIDRs(),
        access.ipPolicyIDs(),
        https == null ? List.of() : https.paths(),
        o.isOnDemand() ? o.window().until() : Optional.empty());
  }

  private static Optional<Step> step(
      ServiceObservation o, Endpoint endpoint, Tightening tightening) {
    boolean ends = tightening.endsBefore(endpoint.trafficPolicy());
    return tightening
        .over(
            endpoint.url(),
            endpoint.trafficPolicy(),
            PolicyEcho.isOfTheLast(o.status().endpoint(), endpoint))
        .map(
            policy ->
                new Step.Update<>(
                    Resource.ENDPOINTS,
                    endpoint.id(),
                    Endpoint.Update.policy(policy),
                    endpoint.url(),
                    ends ? Lane.CLOSING : Lane.CHANGE,
                    ends ? Cause.CLOSING : Cause.MANIFEST));
  }
}
