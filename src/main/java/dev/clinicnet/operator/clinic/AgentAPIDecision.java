package dev.clinicnet.operator.clinic;

import dev.clinicnet.operator.agent.AgentAPIEndpoint;
import dev.clinicnet.operator.api.v1alpha1.AgentAPI;
import dev.clinicnet.operator.api.v1alpha1.AgentAPIStatus;
import dev.clinicnet.operator.api.v1alpha1.ClinicDomain;
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
 * The way to the agent's API: a public endpoint that admits nobody but the operator.
 *
 * @param use what it is good for at present
 * @param programmed whether the endpoint is there as it is to be, so that it admits every authority
 *     in the Secret
 * @param status what to say of it; null when there is nothing
 * @param requeueAt when to look again though nothing happens
 */
record AgentAPIDecision(
    Use use,
    List<Step> steps,
    boolean programmed,
    AgentAPIStatus status,
    Optional<Instant> requeueAt) {

  /** What the way to the agent's API is good for. */
  enum Use {
    /** Sessions are opened and closed. */
    SESSIONS,
    /** The manifest does not ask for it any more, but what was started must still be stopped. */
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

  /** Whether it is asked for and cut off, so that its present password must not be published. */
  boolean isLocked(ClinicObservation o) {
    return use == Use.NONE && o.clinic().getSpec().agent().api() != null;
  }

  /** The endpoints that lead to the agent's API, more than one only after a mishap. */
  static List<Endpoint> present(ClinicObservation o) {
    return endpoint(o).present();
  }

  /** What it goes on with while the Clinic is not accepted. */
  static HeldEndpoint held(ClinicObservation o) {
    return new HeldEndpoint(endpoint(o));
  }

  /** Which of them lead outside the internal domain that the Clinic has now. */
  static StrayForwards strays(ClinicObservation o) {
    return new StrayForwards(url -> Forward.isUnder(url, o.internalDomain()));
  }

  /** What can be taken down though nobody knows what is there. */
  static List<Step> closeUnseen(ClinicObservation o) {
    return endpoint(o).closeUnseen();
  }

  /** Whatever leads there is to be taken down, be it known from a list or from the status. */
  static List<Step> close(ClinicObservation o) {
    List<Step> seen = endpoint(o).close(Cause.CLOSING);
    return seen.isEmpty() ? closeUnseen(o) : seen;
  }

  /** In a quarantine; and after one, until what was good before it is destroyed. */
  private static boolean isCutOff(ClinicObservation o) {
    String since = o.status().quarantinedSince();
    return Annotations.isQuarantined(o.clinic())
        || (since != null
            && o.agentAPI()
                .keys()
                .filter(keys -> keys.issuedAt().isBefore(Instant.parse(since)))
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
            .anyMatch(
                service ->
                    service.getStatus() != null
                        && service.getStatus().onDemand() != null
                        && service.getStatus().onDemand().agentEndpoint() != null);
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
   * Whether the endpoint was where the manifest has it. The status does not say where it is: it is
   * there, unless the manifest was changed since, was refused, or waits for the host.
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

  /** Empty while there is no certificate that it could ask for, or when it cannot be written. */
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
