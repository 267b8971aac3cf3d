package dev.clinicnet.operator.cli.inventory;

import dev.clinicnet.operator.cli.inventory.Holding.Use;
import dev.clinicnet.operator.cli.plan.AccountListing;
import dev.clinicnet.operator.ngrok.AgentIngress;
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
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What needs an object of the account. In doubt, an object is needed. Everything is looked up in
 * maps, because an account may hold tens of thousands of objects.
 */
final class Uses {
  private static final String INTERNAL = ".internal";

  private final Map<String, List<String>> forwards = new HashMap<>();
  private final Hosts<Endpoint> endpoints = new Hosts<>();
  private final Hosts<Endpoint> forwarding = new Hosts<>();
  private final Map<String, List<RemoteObject>> byParent = new HashMap<>();
  private final List<Endpoint> readers = new ArrayList<>();

  Uses(AccountListing listing) {
    for (RemoteObject row : listing.all(Resource.ENDPOINTS)) {
      add((Endpoint) row);
    }
    for (RemoteObject row : listing.all(Resource.CREDENTIALS)) {
      belongsTo(((Credential) row).ownerId(), row);
    }
    for (RemoteObject row : listing.all(Resource.TUNNEL_SESSIONS)) {
      belongsTo(id(row.parent()), row);
    }
    for (RemoteObject row : listing.all(Resource.VAULT_SECRETS)) {
      belongsTo(id(row.parent()), row);
    }
  }

  /** What needs an object now; empty if nothing does. */
  List<Use> of(RemoteObject row) {
    if (row instanceof Endpoint endpoint) {
      return ofEndpoint(endpoint);
    } else if (row instanceof ReservedDomain domain) {
      return uses(with(endpoints.under(domain.domain()), byParent(domain)), "is at it");
    } else if (row instanceof ReservedAddr address) {
      return uses(with(endpoints.at(address.addr()), byParent(address)), "is on it");
    } else if (row instanceof Credential) {
      return uses(byParent(row), "is connected with it");
    } else if (row instanceof ServiceUser) {
      return uses(byParent(row), "belongs to it");
    } else if (row instanceof Vault) {
      return uses(byParent(row), "is in it");
    } else if (row instanceof VaultSecret secret) {
      return uses(
          readers.stream().filter(e -> e.trafficPolicy().contains(secret.name())).toList(),
          "may read it");
    } else if (row instanceof AgentIngress || row instanceof TunnelSession) {
      return List.of(); // The rule never allows their deletion.
    }
    return List.of(new Use(row.id(), "it is not known what needs this kind"));
  }

  private void add(Endpoint endpoint) {
    List<String> targets = LiveForwards.of(endpoint.trafficPolicy());
    forwards.put(endpoint.id(), targets);
    targets.forEach(target -> forwarding.add(Hosts.of(target), endpoint));
    endpoints.add(Hosts.of(endpoint.url()), endpoint);
    if (endpoint.url() != null && endpoint.url().startsWith("tcp://")) {
      endpoints.add(endpoint.url().substring("tcp://".length()), endpoint);
    }
    belongsTo(id(endpoint.domain()), endpoint);
    belongsTo(id(endpoint.tcpAddr()), endpoint);
    if (endpoint.trafficPolicy() != null && endpoint.trafficPolicy().contains("secrets")) {
      readers.add(endpoint);
    }
  }

  /** An endpoint is idle if it denies everybody, or if nothing is behind it and before it. */
  private List<Use> ofEndpoint(Endpoint endpoint) {
    List<Use> uses =
        new ArrayList<>(
            uses(without(endpoint, forwarding.under(Hosts.of(endpoint.url()))), "forwards to it"));
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

  /** Whether something may answer there. Only for internal URLs it is known that nothing does. */
  private boolean isServed(String target, Endpoint from) {
    String host = Hosts.of(target);
    return target.contains("${")
        || !host.endsWith(INTERNAL)
        || !without(from, endpoints.covering(host)).isEmpty();
  }

  private static boolean deniesAll(Endpoint endpoint) {
    return endpoint.trafficPolicy() != null
        && DenyAll.at(endpoint.url()).toJson().equals(endpoint.trafficPolicy());
  }

  private void belongsTo(String parent, RemoteObject row) {
    if (parent != null) {
      byParent.computeIfAbsent(parent, id -> new ArrayList<>()).add(row);
    }
  }

  private List<RemoteObject> byParent(RemoteObject row) {
    return byParent.getOrDefault(row.id(), List.of());
  }

  private static String id(Ref ref) {
    return ref == null ? null : ref.id();
  }

  private static List<RemoteObject> with(
      Collection<? extends RemoteObject> rows, Collection<? extends RemoteObject> others) {
    Set<RemoteObject> all = new LinkedHashSet<>(rows);
    all.addAll(others);
    return List.copyOf(all);
  }

  private static List<Endpoint> without(Endpoint endpoint, Collection<Endpoint> rows) {
    return rows.stream().filter(row -> !row.id().equals(endpoint.id())).toList();
  }

  private static List<Use> uses(Collection<? extends RemoteObject> rows, String words) {
    return rows.stream()
        .map(
            row ->
                new Use(row.id(), Resource.of(row).word() + " " + row.displayName() + " " + words))
        .toList();
  }
}
