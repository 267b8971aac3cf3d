package dev.clinicnet.operator.service;

import dev.clinicnet.operator.api.v1alpha1.Availability;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceSpec;
import dev.clinicnet.operator.api.v1alpha1.OnDemandStatus;
import dev.clinicnet.operator.api.v1alpha1.Via;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.inventory.Keys;
import dev.clinicnet.operator.ngrok.Endpoint;
import dev.clinicnet.operator.ngrok.Resource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * Where the public endpoint forwards to. It moves to a new URL only when an agent binds that, or
 * when none ever bound the old one: until the new site kit is installed, the old URL is the one
 * that works. One that sessions start moves between sessions.
 *
 * @param url where to forward to
 * @param boundAt when an agent was first seen to bind it; null before
 * @param online whether an agent binds it now
 */
record InternalEndpoint(String url, String boundAt, Verdict online) {

  static InternalEndpoint of(ServiceObservation o) {
    String wanted = o.wantedInternalURL();
    String present = o.status().internalURL();
    boolean mayMove =
        present == null
            || present.equals(wanted)
            || (o.opensThroughAgent() ? isStopped(o) : mayMove(o, present, wanted));
    String url = mayMove ? wanted : present;
    List<Endpoint> binding = binding(o, url);
    boolean bound = !binding.isEmpty();
    String before = url.equals(present) ? o.status().internalBoundAt() : null;
    String boundAt =
        before != null ? before : bound ? o.now().truncatedTo(ChronoUnit.SECONDS).toString() : null;
    Verdict online =
        bound
            ? boundVerdict(url, wanted, since(binding))
            : unbound(url, boundAt != null, startsOnDemand(o));
    return new InternalEndpoint(url, boundAt, online);
  }

  private static boolean mayMove(ServiceObservation o, String present, String wanted) {
    // A public endpoint forwards within one protocol family only.
    return !family(present).equals(family(wanted))
        || o.status().internalBoundAt() == null
        || !binding(o, wanted).isEmpty();
  }

  /** What sessions start can be started anywhere, unless the old one is yet to be stopped. */
  private static boolean isStopped(ServiceObservation o) {
    return !o.mustBeClosed() || o.agentEndpoint().isEmpty();
  }

  private static String family(String url) {
    return url.startsWith("http") ? "http" : url.substring(0, url.indexOf(':'));
  }

  private static List<Endpoint> binding(ServiceObservation o, String url) {
    return o.inventory().lookUp(Resource.ENDPOINTS, Keys.name(url)).stream()
        .filter(InternalEndpoint::isAgents)
        .toList();
  }

  private static boolean isAgents(Endpoint endpoint) {
    return !endpoint.isCloud() && endpoint.tunnelSession() != null;
  }

  /** Whether it is bound only while a session is open, and none is. */
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

  private static Verdict boundVerdict(String url, String wanted, String since) {
    String binds = "An agent binds " + url + since + ".";
    return Verdict.yes(
        Reason.EndpointBound,
        url.equals(wanted) ? binds : binds + " The new " + wanted + " waits for the new site kit.");
  }

  private static Verdict unbound(String url, boolean everBound, boolean onDemand) {
    if (onDemand) {
      return Verdict.unknown(
          Reason.StartedOnDemand, "An agent is asked to bind " + url + " while a session is open.");
    }
    return everBound
        ? Verdict.no(Reason.EndpointNotBound, "No agent binds " + url + " now.")
        : Verdict.no(
            Reason.NeverBound,
            "No agent has bound " + url + " yet. Install the present site kit of the Clinic.");
  }
}
