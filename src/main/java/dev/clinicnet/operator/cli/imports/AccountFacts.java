package dev.clinicnet.operator.cli.imports;

import dev.clinicnet.operator.cli.plan.AccountListing;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.ngrok.Credential;
import dev.clinicnet.operator.ngrok.Endpoint;
import dev.clinicnet.operator.ngrok.RemoteObject;
import dev.clinicnet.operator.ngrok.ReservedAddr;
import dev.clinicnet.operator.ngrok.ReservedDomain;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.ngrok.ServiceUser;
import dev.clinicnet.operator.ngrok.TunnelSession;
import dev.clinicnet.operator.policy.Forward;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What an account holds, by name. Every list is in a stable order.
 *
 * @param endpoints all endpoints, of the cloud and of agents
 */
record AccountFacts(
    List<Endpoint> endpoints,
    List<ReservedDomain> domains,
    List<ReservedAddr> addresses,
    List<Credential> credentials,
    List<ServiceUser> users,
    List<TunnelSession> sessions) {

  static AccountFacts of(AccountListing listing) {
    return new AccountFacts(
        sorted(listing, Resource.ENDPOINTS, Endpoint.class),
        sorted(listing, Resource.RESERVED_DOMAINS, ReservedDomain.class),
        sorted(listing, Resource.RESERVED_ADDRS, ReservedAddr.class),
        sorted(listing, Resource.CREDENTIALS, Credential.class),
        sorted(listing, Resource.SERVICE_USERS, ServiceUser.class),
        sorted(listing, Resource.TUNNEL_SESSIONS, TunnelSession.class));
  }

  private static <T extends RemoteObject> List<T> sorted(
      AccountListing listing, Resource<T, ?, ?> resource, Class<T> type) {
    return listing.all(resource).stream()
        .map(type::cast)
        .sorted(Comparator.comparing((T row) -> row.displayName()).thenComparing(RemoteObject::id))
        .toList();
  }

  /** The URL as ngrok lists it: in lower case, without the default port of its scheme. */
  static String normal(String url) {
    return url.toLowerCase(Locale.ROOT)
        .replaceFirst("^(https://[^:/]+|tls://[^:/]+):443$|^(http://[^:/]+):80$", "$1$2");
  }

  /** The endpoints that agents have bound at an internal URL. */
  List<Endpoint> boundAt(String internalURL) {
    return internal().stream()
        .filter(endpoint -> normal(endpoint.url()).equals(normal(internalURL)))
        .toList();
  }

  /** The internal endpoints of agents, without those of agents with a marked credential. */
  List<Endpoint> internal() {
    return endpoints.stream()
        .filter(AccountFacts::isInternal)
        .filter(endpoint -> !isMarked(endpoint))
        .toList();
  }

  /** Whether it is an internal endpoint of an agent. */
  static boolean isInternal(Endpoint endpoint) {
    return !endpoint.isCloud()
        && endpoint.tunnelSession() != null
        && Forward.host(endpoint.url()).filter(host -> host.endsWith(".internal")).isPresent();
  }

  /** Whether an installation of the operator has it: by its mark, or by that of its credential. */
  boolean isMarked(Endpoint endpoint) {
    return Mark.on(endpoint).isPresent()
        || (endpoint.tunnelSession() != null
            && credentialOf(endpoint).flatMap(Mark::on).isPresent());
  }

  /** The credential with which an agent's endpoint was bound; empty when it is not listed. */
  Optional<Credential> credentialOf(Endpoint bound) {
    return sessions.stream()
        .filter(session -> session.id().equals(bound.tunnelSession().id()))
        .findFirst()
        .flatMap(
            session ->
                credentials.stream()
                    .filter(one -> one.id().equals(session.credential().id()))
                    .findFirst());
  }

  /** The number of objects that carry a mark, by the instance in the mark. */
  Map<String, Long> marked() {
    List<RemoteObject> all = new ArrayList<>(endpoints);
    all.addAll(domains);
    all.addAll(addresses);
    all.addAll(credentials);
    return all.stream()
        .flatMap(row -> Mark.on(row).stream())
        .map(Mark::instance)
        .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
  }

  /** The part of a URL that grants and addresses have: the host, with the port where it counts. */
  static String authority(String url) {
    return url.substring(url.indexOf("://") + 3);
  }
}
