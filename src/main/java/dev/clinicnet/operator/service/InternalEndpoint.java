package dev.clinicnet.operator.service;

import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.inventory.Keys;
import dev.clinicnet.operator.ngrok.Endpoint;
import dev.clinicnet.operator.ngrok.Resource;
import java.time.temporal.ChronoUnit;

/**
 * Where the public endpoint forwards to. It moves to a new URL only when an agent binds that, or
 * when none ever bound the old one: until the new site kit is installed, the old URL is the one
 * that works.
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
            // A public endpoint forwards within one protocol family only.
            || !family(present).equals(family(wanted))
            || o.status().internalBoundAt() == null
            || isBound(o, wanted);
    String url = mayMove ? wanted : present;
    boolean bound = isBound(o, url);
    String before = url.equals(present) ? o.status().internalBoundAt() : null;
    String boundAt =
        before != null ? before : bound ? o.now().truncatedTo(ChronoUnit.SECONDS).toString() : null;
    return new InternalEndpoint(url, boundAt, verdict(url, wanted, bound, boundAt != null));
  }

  private static String family(String url) {
    return url.startsWith("http") ? "http" : url.substring(0, url.indexOf(':'));
  }

  private static boolean isBound(ServiceObservation o, String url) {
    return o.inventory().lookUp(Resource.ENDPOINTS, Keys.name(url)).stream()
        .anyMatch(endpoint -> isAgents(endpoint));
  }

  private static boolean isAgents(Endpoint endpoint) {
    return !endpoint.isCloud() && endpoint.tunnelSession() != null;
  }

  private static Verdict verdict(String url, String wanted, boolean bound, boolean everBound) {
    if (bound) {
      return Verdict.yes(
          Reason.EndpointBound,
          url.equals(wanted)
              ? "An agent binds " + url + "."
              : "An agent binds " + url + ". The new " + wanted + " waits for the new site kit.");
    }
    return everBound
        ? Verdict.no(Reason.EndpointNotBound, "No agent binds " + url + " now.")
        : Verdict.no(
            Reason.NeverBound,
            "No agent has bound " + url + " yet. Install the present site kit of the Clinic.");
  }
}
