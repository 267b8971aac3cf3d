package dev.clinicnet.operator.clinic;

import dev.clinicnet.operator.agent.AgentAPIEndpoint;
import dev.clinicnet.operator.api.v1alpha1.AgentAPI;
import dev.clinicnet.operator.api.v1alpha1.AgentAPIStatus;
import dev.clinicnet.operator.api.v1alpha1.ClinicDomain;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceStatus;
import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.api.v1alpha1.ConditionStatus;
import dev.clinicnet.operator.api.v1alpha1.EndpointStatus;
import dev.clinicnet.operator.claim.ClinicNames;
import dev.clinicnet.operator.claim.DomainNames;
import dev.clinicnet.operator.condition.Assessment;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Conditions;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.config.Timestamps;
import dev.clinicnet.operator.endpoint.EndpointOwner;
import dev.clinicnet.operator.endpoint.HeldEndpoint;
import dev.clinicnet.operator.endpoint.PublicEndpoint;
import dev.clinicnet.operator.endpoint.StrayForwards;
import dev.clinicnet.operator.inventory.Keys;
import dev.clinicnet.operator.kubernetes.Annotations;
import dev.clinicnet.operator.ngrok.Endpoint;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.plan.Cause;
import dev.clinicnet.operator.plan.Step;
import dev.clinicnet.operator.policy.AddressRestriction;
import dev.clinicnet.operator.policy.ClientCertificates;
import dev.clinicnet.operator.policy.Forward;
import dev.clinicnet.operator.policy.PolicyBuilder;
import dev.clinicnet.operator.policy.TrafficPolicy;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * The public endpoint to the agent's API, which admits only the operator.
 *
 * @param use the present use of the endpoint
 * @param programmed whether the endpoint is as wanted, so that it admits every authority in the
 *     Secret
 * @param status the status of the API; null when there is none
 * @param requeueAt the time of the next pass if nothing happens before
 */
record AgentAPIDecision(
    Use use,
    List<Step> steps,
    boolean programmed,
    AgentAPIStatus status,
    Optional<Instant> requeueAt) {

  /** The use of the endpoint to the agent's API. */
  enum Use {
    /** Sessions are opened and closed through it. */
    SESSIONS,
    /** The manifest does not ask for it any more, but started endpoints must still be stopped. */
    CLOSING,
    /** Nothing. */
    NONE
  }

  private static final List<String> METHODS = List.of("GET", "POST", "DELETE");

  static AgentAPIDecision decide(ClinicObservation o, Assessment assessment) {
    AgentAPIStatus last = o.status().agentAPI();
    Use use = use(o);
    PublicEndpoint endpoint = endpoint(o);
    if (use != Use.SESSIONS) {
      List<Step> closing =
          use == Use.CLOSING
              ? List.of()
              : endpoint.close(isCutOff(o) ? Cause.CLOSING : Cause.MANIFEST);
      boolean left = use == Use.CLOSING || !closing.isEmpty() || !o.agentAPI().isEmpty();
      return new AgentAPIDecision(use, closing, false, left ? last : null, Optional.empty());
    }
    checkSecret(o, assessment);
    Optional<TrafficPolicy> policy = policy(o, assessment);
    if (policy.isEmpty()) {
      return new AgentAPIDecision(use, List.of(), false, last, Optional.empty());
    }
    AgentAPIKeys keys = o.agentAPI().keys().orElseThrow();
    String url = "https://" + o.clinic().getSpec().agent().api().host();
    List<Step> steps = isReserved(o) ? endpoint.open(url, policy.get(), assessment) : List.of();
    boolean served = endpoint.present().stream().anyMatch(e -> e.url().equals(url));
    return new AgentAPIDecision(
        use,
        steps,
        served && steps.isEmpty(),
        new AgentAPIStatus(
            endpoint.status(url, policy.get(), o.clinic().getMetadata().getGeneration()),
            ClinicNames.agentAPISecret(o.clinic()),
            keys.client().expiry().truncatedTo(ChronoUnit.SECONDS).toString()),
        keys.due());
  }

  /**
   * Whether the manifest asks for the API and the site is cut off, so that its present password
   * must not be published.
   */
  boolean isLocked(ClinicObservation o) {
    return use == Use.NONE && o.clinic().getSpec().agent().api() != null;
  }

  /** The endpoints to the agent's API. There is more than one only after a failure. */
  static List<Endpoint> present(ClinicObservation o) {
    return endpoint(o).present();
  }

  /** The endpoint that stays while the Clinic is not accepted. */
  static HeldEndpoint held(ClinicObservation o) {
    return new HeldEndpoint(endpoint(o));
  }

  /** The endpoints that forward outside the internal domain that the Clinic has now. */
  static StrayForwards strays(ClinicObservation o) {
    return new StrayForwards(url -> Forward.isUnder(url, o.internalDomain()));
  }

  /** The steps that take the endpoint down while the account is not listed. */
  static List<Step> closeUnseen(ClinicObservation o) {
    return endpoint(o).closeUnseen();
  }

  /** Every endpoint to the API is taken down, whether a list or only the status has it. */
  static List<Step> close(ClinicObservation o) {
    List<Step> seen = endpoint(o).close(Cause.CLOSING);
    return seen.isEmpty() ? closeUnseen(o) : seen;
  }

  /** The decision in a quarantine, and after one until the earlier keys are destroyed. */
  private static boolean isCutOff(ClinicObservation o) {
    String since = o.status().quarantinedSince();
    return Annotations.isQuarantined(o.clinic())
        || (since != null
            && o.agentAPI()
                .keys()
                .filter(keys -> keys.issuedAt().isBefore(Timestamps.of(since)))
                .isPresent());
  }

  private static Use use(ClinicObservation o) {
    if (isCutOff(o)) {
      return Use.NONE;
    }
    if (o.clinic().getSpec().agent().api() != null) {
      return Use.SESSIONS;
    }
    boolean started =
        o.services().stream()
            .map(service -> ClinicServiceStatus.of(service).onDemand())
            .anyMatch(onDemand -> onDemand != null && onDemand.agentEndpoint() != null);
    return started ? Use.CLOSING : Use.NONE;
  }

  private static PublicEndpoint endpoint(ClinicObservation o) {
    EndpointStatus last = o.status().agentAPI() == null ? null : o.status().agentAPI().endpoint();
    AgentAPI api = o.clinic().getSpec().agent().api();
    return new PublicEndpoint(
        new EndpointOwner(o.possession(), o.mark(), o.inventory(), o.lane()),
        last,
        api != null && wasThere(o) ? "https://" + api.host() : null,
        false,
        "Agent API of Clinic " + o.owner().name());
  }

  /**
   * Whether the endpoint was at the host of the manifest. The status does not have the host. The
   * endpoint is at it, unless the manifest has changed since, was refused, or waits for the host.
   */
  private static boolean wasThere(ClinicObservation o) {
    List<Condition> last = o.status().conditions();
    boolean refused =
        Conditions.find(last, ConditionType.Accepted)
            .filter(accepted -> accepted.status() == ConditionStatus.False)
            .isPresent();
    return o.isSettled()
        && !refused
        && !Conditions.says(last, ConditionType.Programmed, Reason.WaitingForName);
  }

  private static void checkSecret(ClinicObservation o, Assessment assessment) {
    String name = ClinicNames.agentAPISecret(o.clinic());
    if (o.agentAPI().foreign() || name.equals(ClinicNames.siteKitSecret(o.clinic()))) {
      assessment.put(
          ConditionType.Accepted,
          Verdict.no(
              Reason.AgentAPISecretConflict,
              "spec.agent.api needs the Secret "
                  + name
                  + (o.agentAPI().foreign()
                      ? ", which belongs to something else: delete that Secret, or remove"
                          + " spec.agent.api."
                      : " for itself: set spec.agent.siteKit.secretName to another name.")));
    }
  }

  /**
   * The policy; empty while there is no certificate to require, or when the policy cannot be
   * written.
   */
  private static Optional<TrafficPolicy> policy(ClinicObservation o, Assessment assessment) {
    try {
      AddressRestriction addresses =
          AddressRestriction.of(
              o.clinic().getSpec().agent().api().allowCIDRs(), List.of(), List.of());
      return o.agentAPI()
          .keys()
          .map(
              keys ->
                  PolicyBuilder.oneClient(
                      addresses,
                      new ClientCertificates(keys.authorities().pems(), "require-and-verify"),
                      METHODS,
                      AgentAPIEndpoint.PATHS,
                      new Forward(AgentAPIEndpoint.url(o.internalDomain()), o.internalDomain())));
    } catch (IllegalArgumentException e) {
      assessment.put(
          ConditionType.Accepted, Verdict.no(Reason.Invalid, "spec.agent.api." + e.getMessage()));
      return Optional.empty();
    }
  }

  private static boolean isReserved(ClinicObservation o) {
    String host = o.clinic().getSpec().agent().api().host();
    return o.clinic().getSpec().domains().stream()
        .map(ClinicDomain::name)
        .filter(domain -> DomainNames.covers(domain, host))
        .anyMatch(
            domain -> o.inventory().find(Resource.RESERVED_DOMAINS, Keys.name(domain)).isPresent());
  }
}
