package dev.clinicnet.operator.cli.inventory;

import dev.clinicnet.operator.claim.DomainNames;
import dev.clinicnet.operator.cli.inventory.Holding.Use;
import dev.clinicnet.operator.cli.plan.AccountListing;
import dev.clinicnet.operator.ngrok.Credential;
import dev.clinicnet.operator.ngrok.Endpoint;
import dev.clinicnet.operator.ngrok.Ref;
import dev.clinicnet.operator.ngrok.RemoteObject;
import dev.clinicnet.operator.ngrok.ReservedAddr;
import dev.clinicnet.operator.ngrok.ReservedDomain;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.ngrok.ServiceUser;
import dev.clinicnet.operator.ngrok.TunnelSession;
import dev.clinicnet.operator.ngrok.Vault;
import dev.clinicnet.operator.ngrok.VaultSecret;
import dev.clinicnet.operator.policy.DenyAll;
import dev.clinicnet.operator.policy.LiveForwards;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/** What needs an object of the account. In doubt, an object is needed. */
final class Uses {
  private final AccountListing listing;
  private final List<Endpoint> endpoints;
  private final Map<String, List<String>> forwards = new HashMap<>();

  Uses(AccountListing listing) {
    this.listing = listing;
    this.endpoints = listing.all(Resource.ENDPOINTS).stream().map(Endpoint.class::cast).toList();
    endpoints.forEach(e -> forwards.put(e.id(), LiveForwards.of(e.trafficPolicy())));
  }

  /** What needs an object now; empty if nothing does. */
  List<Use> of(RemoteObject row) {
    if (row instanceof Endpoint endpoint) {
      return ofEndpoint(endpoint);
    } else if (row instanceof ReservedDomain domain) {
      return endpointsOf(e -> isAt(e, domain), "is at it");
    } else if (row instanceof ReservedAddr address) {
      return endpointsOf(e -> isOn(e, address), "is on it");
    } else if (row instanceof Credential credential) {
      return of(
          listing.all(Resource.TUNNEL_SESSIONS),
          session -> isFrom(((TunnelSession) session).credential(), credential.id()),
          "is connected with it");
    } else if (row instanceof ServiceUser user) {
      return of(
          listing.all(Resource.CREDENTIALS),
          credential -> user.id().equals(((Credential) credential).ownerId()),
          "belongs to it");
    } else if (row instanceof Vault vault) {
      return of(
          listing.all(Resource.VAULT_SECRETS),
          secret -> isFrom(((VaultSecret) secret).vault(), vault.id()),
          "is in it");
    } else if (row instanceof VaultSecret secret) {
      return endpointsOf(e -> mayRead(e, secret), "may read it");
    }
    return List.of();
  }

  /** An endpoint is idle if it denies everybody, or if nothing is behind it and before it. */
  private List<Use> ofEndpoint(Endpoint endpoint) {
    List<Use> uses =
        new ArrayList<>(
            endpointsOf(
                e -> !e.id().equals(endpoint.id()) && forwardsTo(e, endpoint), "forwards to it"));
    List<String> targets = forwards.get(endpoint.id());
    if (!endpoint.isCloud()) {
      uses.add(new Use(endpoint.id(), "an agent serves it"));
    } else if (targets.isEmpty() && !deniesAll(endpoint)) {
      uses.add(new Use(endpoint.id(), "it answers clients itself"));
    }
    targets.stream()
        .filter(target -> isServed(target, endpoint))
        .forEach(target -> uses.add(new Use(endpoint.id(), "it forwards to " + target)));
    return uses;
  }

  private boolean forwardsTo(Endpoint from, Endpoint to) {
    return forwards.get(from.id()).stream().anyMatch(target -> reaches(target, to));
  }

  /** Whether something may answer there. Only for internal URLs it is known that nothing does. */
  private boolean isServed(String target, Endpoint from) {
    String host = host(target);
    return target.contains("${")
        || !host.endsWith(".internal")
        || endpoints.stream().anyMatch(e -> !e.id().equals(from.id()) && reaches(target, e));
  }

  private static boolean reaches(String target, Endpoint endpoint) {
    return matches(host(endpoint.url()), host(target));
  }

  private static boolean deniesAll(Endpoint endpoint) {
    return endpoint.trafficPolicy() != null
        && DenyAll.at(endpoint.url()).toJson().equals(endpoint.trafficPolicy());
  }

  private static boolean isAt(Endpoint endpoint, ReservedDomain domain) {
    return isFrom(endpoint.domain(), domain.id()) || matches(domain.domain(), host(endpoint.url()));
  }

  private static boolean isOn(Endpoint endpoint, ReservedAddr address) {
    return isFrom(endpoint.tcpAddr(), address.id())
        || ("tcp://" + address.addr()).equals(endpoint.url());
  }

  private static boolean mayRead(Endpoint endpoint, VaultSecret secret) {
    String policy = endpoint.trafficPolicy();
    return policy != null && policy.contains("secrets") && policy.contains(secret.name());
  }

  private static boolean isFrom(Ref ref, String id) {
    return ref != null && id.equals(ref.id());
  }

  /** Whether a host is the name itself or lies below a wildcard. */
  private static boolean matches(String name, String host) {
    return name.equals(host)
        || (DomainNames.isWildcard(name) && DomainNames.isBelow(host, DomainNames.base(name)));
  }

  /** The host of a URL, without scheme, port and path. */
  private static String host(String url) {
    return url == null
        ? ""
        : url.toLowerCase(Locale.ROOT).replaceFirst("^[a-z]+://", "").replaceFirst("[:/].*$", "");
  }

  private List<Use> endpointsOf(Predicate<Endpoint> needing, String words) {
    return of(endpoints, row -> needing.test((Endpoint) row), words);
  }

  private static List<Use> of(
      List<? extends RemoteObject> rows, Predicate<RemoteObject> needing, String words) {
    return rows.stream()
        .filter(needing)
        .map(row -> new Use(row.id(), described(row) + " " + words))
        .toList();
  }

  private static String described(RemoteObject row) {
    return Resource.of(row).word() + " " + row.displayName();
  }
}
