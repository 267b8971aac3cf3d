package dev.clinicnet.operator.service;

import dev.clinicnet.operator.agent.AgentMetadata;
import dev.clinicnet.operator.api.v1alpha1.Availability;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceSpec;
import dev.clinicnet.operator.api.v1alpha1.OnDemandStatus;
import dev.clinicnet.operator.api.v1alpha1.Via;
import dev.clinicnet.operator.claim.InternalURLs;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.inventory.Keys;
import dev.clinicnet.operator.ngrok.Endpoint;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.plan.Step;
import dev.clinicnet.operator.policy.Forward;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The target of the public endpoint. It moves to a new URL only when an agent binds that URL for
 * this service, or when no agent ever bound the old one: until the new site kit is installed, the
 * old URL is the one that works. An endpoint that sessions start moves between sessions.
 *
 * @param url the URL of the target
 * @param boundAt the time at which an agent was first seen to bind it; null before
 * @param online whether an agent binds it now
 * @param taken the message if an agent binds it for another service, so that it leads to another
 *     upstream
 */
record InternalEndpoint(String url, String boundAt, Verdict online, Optional<Verdict> taken) {

  static InternalEndpoint of(ServiceObservation o) {
    String next = toBind(o);
    String present = kept(o);
    String url = mayMove(o, present, next) ? next : present;
    if (url.equals(present) && binding(o, present).isEmpty()) {
      url = temporary(o).filter(between -> isBoundForIt(o, between)).orElse(present);
    }
    List<Endpoint> binding = binding(o, url);
    boolean bound = !binding.isEmpty();
    String before = url.equals(present) ? o.status().internalBoundAt() : null;
    String boundAt =
        before != null ? before : bound ? o.now().truncatedTo(ChronoUnit.SECONDS).toString() : null;
    Verdict online =
        bound
            ? Verdict.yes(
                Reason.EndpointBound,
                "An agent binds " + url + since(binding) + "." + ahead(o, url, next))
            : unbound(url, boundAt != null, startsOnDemand(o));
    return new InternalEndpoint(url, boundAt, online, taken(o, url));
  }

  /**
   * The URL to which the public endpoint already leads, on which other objects may depend.
   *
   * @param steps the remaining steps for it
   */
  InternalEndpoint reached(ServiceObservation o, List<Step> steps) {
    String present = kept(o);
    return steps.isEmpty() || present == null || present.equals(url)
        ? this
        : new InternalEndpoint(present, o.status().internalBoundAt(), online, taken);
  }

  /** The URL that the agent must bind; for a service that may have none, the wanted URL. */
  private static String toBind(ServiceObservation o) {
    return InternalURLs.toBind(o.service(), o.clinic().orElseThrow(), o.siblings())
        .orElseGet(o::wantedInternalURL);
  }

  private static Optional<String> temporary(ServiceObservation o) {
    return InternalURLs.temporary(o.service(), o.clinic().orElseThrow(), o.siblings());
  }

  /**
   * The last URL. A URL outside the Clinic's present internal domain does not count, because
   * another clinic may have that domain now.
   */
  private static String kept(ServiceObservation o) {
    String last = o.status().internalURL();
    return last != null && Forward.isUnder(last, o.internalDomain()) ? last : null;
  }

  private static boolean mayMove(ServiceObservation o, String present, String next) {
    if (present == null || present.equals(next)) {
      return true;
    }
    if (o.opensThroughAgent()) {
      return isStopped(o);
    }
    // A public endpoint forwards only within one protocol family.
    return !family(present).equals(family(next))
        || (o.status().internalBoundAt() == null && binding(o, present).isEmpty())
        || isBoundForIt(o, next);
  }

  /** Whether agents bind a URL, all of them for this service. */
  private static boolean isBoundForIt(ServiceObservation o, String url) {
    return !binding(o, url).isEmpty() && taken(o, url).isEmpty();
  }

  /** An agent with an older site kit may bind the URL for the service that had it before. */
  private static Optional<Verdict> taken(ServiceObservation o, String url) {
    return bindings(o, url).stream()
        .flatMap(endpoint -> service(o, endpoint).stream())
        .filter(name -> !name.equals(o.owner().name()))
        .findFirst()
        .map(
            other ->
                Verdict.no(
                    Reason.WaitingForName,
                    "An agent binds "
                        + url
                        + " for ClinicService "
                        + other
                        + " still, so that nobody is let in: install the present site kit at every"
                        + " agent of the Clinic."));
  }

  /**
   * An endpoint that sessions start can start at any URL, unless the old one must still be stopped.
   */
  private static boolean isStopped(ServiceObservation o) {
    return !o.mustBeClosed() || o.agentEndpoint().isEmpty();
  }

  private static String family(String url) {
    return url.startsWith("http") ? "http" : url.substring(0, url.indexOf(':'));
  }

  /** The bound endpoints for this service, as far as they name a service. */
  static List<Endpoint> binding(ServiceObservation o, String url) {
    return bindings(o, url).stream()
        .filter(
            endpoint ->
                service(o, endpoint).filter(name -> !name.equals(o.owner().name())).isEmpty())
        .toList();
  }

  /**
   * The service for which an agent binds an endpoint. In a site kit, the endpoint has the service's
   * name. In a file that people wrote it has any name, so it says nothing.
   */
  private static Optional<String> service(ServiceObservation o, Endpoint endpoint) {
    boolean byHand =
        o.inventory()
            .byID(Resource.TUNNEL_SESSIONS, endpoint.tunnelSession().id())
            .optional()
            .filter(session -> AgentMetadata.parse(session.metadata()).isEmpty())
            .isPresent();
    return byHand ? Optional.empty() : Optional.ofNullable(endpoint.name());
  }

  /** Endpoints outside the Clinic's internal domain are not reported. */
  private static List<Endpoint> bindings(ServiceObservation o, String url) {
    if (!Forward.isUnder(url, o.internalDomain())) {
      return List.of();
    }
    return o.inventory().lookUp(Resource.ENDPOINTS, Keys.name(url)).stream()
        .filter(InternalEndpoint::isAgents)
        .toList();
  }

  private static boolean isAgents(Endpoint endpoint) {
    return !endpoint.isCloud() && endpoint.tunnelSession() != null;
  }

  /** Whether it is bound only while a session is open, and no session is open. */
  private static boolean startsOnDemand(ServiceObservation o) {
    ClinicServiceSpec spec = o.service().getSpec();
    OnDemandStatus open = o.status().onDemand();
    return spec.availability() == Availability.OnDemand
        && spec.onDemand() != null
        && spec.onDemand().via() == Via.AgentAPI
        && (open == null || open.agentEndpoint() == null);
  }

  private static String since(List<Endpoint> binding) {
    return binding.stream()
        .map(Endpoint::createdAt)
        .filter(Objects::nonNull)
        .min(Comparator.naturalOrder())
        .map(" since "::concat)
        .orElse("");
  }

  /** The expected change, if the service does not have the wanted URL yet. */
  private static String ahead(ServiceObservation o, String url, String next) {
    String wanted = o.wantedInternalURL();
    if (url.equals(wanted)) {
      return "";
    }
    if (next.equals(wanted)) {
      return " The new " + wanted + " waits for the new site kit.";
    }
    String other =
        InternalURLs.waitsFor(o.service(), o.clinic().orElseThrow(), o.siblings())
            .map("ClinicService "::concat)
            .orElse("another service");
    return next.equals(url)
        ? " The new " + wanted + " waits for " + other + ", which has it until the new site kit."
        : " The new "
            + wanted
            + " is exchanged with "
            + other
            + ": the new site kit has "
            + next
            + " in between, and the one after it has the new URL.";
  }

  private static Verdict unbound(String url, boolean everBound, boolean onDemand) {
    if (onDemand) {
      return Verdict.unknown(
          Reason.StartedOnDemand, "An agent is asked to bind " + url + " while a session is open.");
    }
    return everBound
        ? Verdict.no(Reason.EndpointNotBound, "No agent binds " + url + " now." + refusal(url))
        : Verdict.no(
            Reason.NeverBound,
            "No agent has bound "
                + url
                + " yet. Install the present site kit of the Clinic."
                + refusal(url));
  }

  /** Why ngrok may refuse it to the agent, which only the log of the agent says. */
  private static String refusal(String url) {
    return url.startsWith("http://")
        ? " If the account is in HIPAA mode, ngrok refuses it to the agent (ERR_NGROK_9043): write an"
            + " https URL into spec.internalURL."
        : "";
  }
}
