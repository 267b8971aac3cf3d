package dev.clinicnet.operator.clinic;

import dev.clinicnet.operator.api.v1alpha1.ClinicServiceStatus;
import dev.clinicnet.operator.claim.ServiceNames;
import dev.clinicnet.operator.inventory.Keys;
import dev.clinicnet.operator.ngrok.Endpoint;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.ngrok.TunnelSession;
import dev.clinicnet.operator.policy.Forward;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Compares the endpoints that the agents of a Clinic bind with those that they should bind.
 *
 * @param missing URLs of the site kit that no agent binds
 * @param unexpected endpoints that an agent binds although no manifest asks for them, and endpoints
 *     at the Clinic's own URLs that a foreign agent binds
 */
record AgentEndpoints(List<String> missing, List<Endpoint> unexpected) {

  /**
   * Makes the comparison.
   *
   * @param sessions the sessions of the Clinic's agents
   * @param byHand the sessions among them of agents that were set up by hand, which may bind more
   * @param asked the URLs of the site kit
   */
  static AgentEndpoints of(
      ClinicObservation o, List<TunnelSession> sessions, Set<String> byHand, Set<String> asked) {
    Set<String> own = new HashSet<>();
    Set<String> bound = new HashSet<>();
    Set<String> known = knownURLs(o, asked);
    Map<String, Endpoint> unexpected = new LinkedHashMap<>();
    for (TunnelSession session : sessions) {
      own.add(session.id());
      for (Endpoint endpoint :
          o.inventory().lookUp(Resource.ENDPOINTS, Keys.session(session.id()))) {
        bound.add(endpoint.url());
        if (!known.contains(endpoint.url()) && !byHand.contains(session.id())) {
          unexpected.put(endpoint.id(), endpoint);
        }
      }
    }
    for (String url : known) {
      o.inventory().lookUp(Resource.ENDPOINTS, Keys.name(url)).stream()
          .filter(endpoint -> !o.keepsAuthtoken() && isOthers(endpoint, o, own))
          .forEach(endpoint -> unexpected.put(endpoint.id(), endpoint));
    }
    List<String> missing = asked.stream().filter(url -> !bound.contains(url)).sorted().toList();
    List<Endpoint> sorted = new ArrayList<>(unexpected.values());
    sorted.sort(Comparator.comparing(Endpoint::url).thenComparing(Endpoint::id));
    return new AgentEndpoints(missing, List.copyOf(sorted));
  }

  /** A session that is not listed yet may be the Clinic's own. */
  private static boolean isOthers(Endpoint endpoint, ClinicObservation o, Set<String> own) {
    return endpoint.tunnelSession() != null
        && !own.contains(endpoint.tunnelSession().id())
        && o.inventory().byID(Resource.TUNNEL_SESSIONS, endpoint.tunnelSession().id()).isPresent();
  }

  /**
   * The expected URLs of services. They include a URL that a service is leaving, or that a session
   * has started.
   */
  private static Set<String> knownURLs(ClinicObservation o, Set<String> asked) {
    Set<String> known = new TreeSet<>(asked);
    o.services()
        .forEach(
            service -> {
              known.add(ServiceNames.internalURL(service, o.internalDomain()));
              String held = ClinicServiceStatus.of(service).internalURL();
              if (Forward.isUnder(held, o.internalDomain())) {
                known.add(held);
              }
            });
    return known;
  }
}
