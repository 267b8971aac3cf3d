package dev.clinicnet.operator.service;

import dev.clinicnet.operator.api.v1alpha1.AgentAPI;
import dev.clinicnet.operator.api.v1alpha1.AgentAPIStatus;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.api.v1alpha1.Upstream;
import dev.clinicnet.operator.claim.ServiceNames;
import dev.clinicnet.operator.condition.Assessment;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.config.Timestamps;
import dev.clinicnet.operator.ngrok.Endpoint;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.plan.AgentTarget;
import dev.clinicnet.operator.plan.Cause;
import dev.clinicnet.operator.plan.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The internal endpoint of a service whose sessions are opened through the agent's API. It is
 * started before the public endpoint opens, and stopped after it has closed.
 *
 * @param steps the steps at the agent
 * @param ready whether the agent binds it as wanted
 */
record AgentEndpointDecision(List<Step> steps, boolean ready) {
  /** The decision for a service whose internal endpoint is in the agent's file. */
  private static final AgentEndpointDecision IN_FILE = new AgentEndpointDecision(List.of(), true);

  /** How long the deletion of a service waits for an agent that cannot be reached. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** How long a list of endpoints may be old when it is looked at again. */
  private static final Duration RECHECK = Duration.ofMinutes(5);

  /** The decision while a session is open: the endpoint must exist. */
  static AgentEndpointDecision open(ServiceObservation o, String url, Assessment assessment) {
    if (!o.opensThroughAgent()) {
      return IN_FILE;
    }
    AgentEndpointState state = AgentEndpointState.of(o, url);
    Upstream upstream = o.service().getSpec().upstream();
    Optional<Step.StartAgentEndpoint> start =
        target(o)
            .map(
                agent ->
                    new Step.StartAgentEndpoint(
                        agent,
                        name(o),
                        url,
                        upstream.url(),
                        upstream.protocol() == null ? null : upstream.protocol().name()));
    if (start.isEmpty()) {
      if (!state.isRunning()) {
        assessment.put(
            ConditionType.Programmed,
            Verdict.no(
                Reason.WaitingForAgentAPI,
                "The Clinic's endpoint for the agent's API is not there yet: see the Clinic."));
      }
      return new AgentEndpointDecision(List.of(), state.isRunning());
    }
    if (state.isRunning() && state.runs(start.get().fingerprint())) {
      return new AgentEndpointDecision(List.of(), true);
    }
    // A different endpoint is stopped first, because the agent could take it for the same one.
    return new AgentEndpointDecision(
        state.isRunning()
            ? List.of(
                new Step.StopAgentEndpoint(start.get().agent(), name(o), url, Cause.MANIFEST),
                start.get())
            : List.of(start.get()),
        false);
  }

  /**
   * The decision while no session is open: the endpoint must not exist. The verdict says so if the
   * agent cannot be reached.
   */
  static AgentEndpointDecision shut(ServiceObservation o, Assessment assessment) {
    List<Step> steps = close(o);
    if (steps.isEmpty() && remembered(o) != null) {
      assessment.put(
          ConditionType.Programmed,
          Verdict.no(
              Reason.WaitingForAgentAPI,
              "Closed at ngrok. The agent may still bind "
                  + url(o)
                  + ", which nobody forwards to, and there is no way to its API to stop that."));
    }
    return new AgentEndpointDecision(steps, true);
  }

  /**
   * The decision while no session is open: the endpoint must not exist, no matter who started it.
   */
  static List<Step> close(ServiceObservation o) {
    if (!o.opensThroughAgent()) {
      return List.of();
    }
    String url = url(o);
    if (url == null) {
      return List.of();
    }
    AgentEndpointState state = AgentEndpointState.of(o, url);
    boolean known = o.agentEndpoint().isPresent();
    return state.isRunning() || (known && !state.isAbsent()) ? stop(o, url) : List.of();
  }

  /**
   * The same decision while the account is not listed: it stops the endpoint that the status names.
   */
  static List<Step> closeUnseen(ServiceObservation o) {
    return o.mustBeClosed() && o.opensThroughAgent() && o.agentEndpoint().isPresent()
        ? stop(o, o.status().internalURL())
        : List.of();
  }

  /** The decision for a service that is being deleted. It waits for its agent, but not forever. */
  static List<Step> closeForGood(ServiceObservation o) {
    String since = o.service().getMetadata().getDeletionTimestamp();
    boolean patient = since == null || o.now().isBefore(Timestamps.of(since).plus(PATIENCE));
    return patient ? close(o) : List.of();
  }

  /**
   * The endpoint that the agent has or may have, for the status. The status names it before the
   * start, and until it is certainly stopped.
   */
  static String remembered(ServiceObservation o) {
    if (!o.opensThroughAgent()) {
      // The endpoint is in the agent's file now, or no service needs it any more.
      return null;
    }
    Optional<String> before = o.agentEndpoint();
    String url = url(o);
    boolean shut = o.mustBeClosed();
    if (url == null || (shut && AgentEndpointState.of(o, url).isAbsent())) {
      return null;
    }
    boolean found = !shut && AgentEndpointState.of(o, url).isRunning();
    return before.orElse(found ? name(o) : null);
  }

  /**
   * When to look again whether the agent still has the endpoint, because nobody can ask the agent:
   * its Clinic is gone. The next list shows it. No event comes if the endpoint never began.
   */
  static Optional<Instant> recheckAt(ServiceObservation o) {
    return remembered(o) == null || target(o).isPresent()
        ? Optional.empty()
        : Optional.of(o.now().plus(RECHECK));
  }

  private static List<Step> stop(ServiceObservation o, String url) {
    return target(o)
        .map(
            agent ->
                List.<Step>of(
                    new Step.StopAgentEndpoint(
                        agent, o.agentEndpoint().orElse(name(o)), url, Cause.CLOSING)))
        .orElse(List.of());
  }

  private static String name(ServiceObservation o) {
    return o.service().getMetadata().getName();
  }

  /** The URL that is bound; null when it is not known. */
  private static String url(ServiceObservation o) {
    return o.clinic().isPresent() ? InternalEndpoint.of(o).url() : o.status().internalURL();
  }

  /** The agent's API; empty while there is none. A Clinic that is being deleted has closed it. */
  private static Optional<AgentTarget> target(ServiceObservation o) {
    return o.clinic()
        .filter(clinic -> !clinic.isMarkedForDeletion())
        .flatMap(clinic -> host(clinic, o))
        .map(
            host ->
                new AgentTarget(
                    o.owner().namespace(), o.service().getSpec().clinicRef().name(), host));
  }

  /** The URL of the endpoint; while it is not listed, that of the manifest. */
  private static Optional<String> host(Clinic clinic, ServiceObservation o) {
    AgentAPIStatus status = ClinicStatus.of(clinic).agentAPI();
    if (status == null || status.endpoint() == null) {
      return Optional.empty();
    }
    return o.inventory()
        .byID(Resource.ENDPOINTS, status.endpoint().id())
        .optional()
        .map(Endpoint::url)
        .map(ServiceNames::host)
        .or(() -> Optional.ofNullable(clinic.getSpec().agent().api()).map(AgentAPI::host));
  }
}
