package dev.clinicnet.operator.plan;

import dev.clinicnet.operator.inventory.Inventory;
import dev.clinicnet.operator.ngrok.Credential;
import dev.clinicnet.operator.ngrok.Endpoint;
import dev.clinicnet.operator.ngrok.Failure;
import dev.clinicnet.operator.ngrok.Lane;
import dev.clinicnet.operator.ngrok.NgrokApi;
import dev.clinicnet.operator.ngrok.NgrokException;
import dev.clinicnet.operator.ngrok.Ref;
import dev.clinicnet.operator.ngrok.RemoteObject;
import dev.clinicnet.operator.ngrok.ReservedAddr;
import dev.clinicnet.operator.ngrok.ReservedDomain;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.ngrok.ServiceUser;
import dev.clinicnet.operator.ngrok.Token;
import dev.clinicnet.operator.ngrok.Vault;
import dev.clinicnet.operator.ngrok.VaultSecret;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An account in memory that answers at once, or fails as it was told to, and keeps a log. */
public final class ScriptedNgrok implements NgrokApi {
  private final Map<String, Map<String, RemoteObject>> objects = new LinkedHashMap<>();
  private final Map<String, Deque<NgrokException>> failures = new HashMap<>();
  private final List<String> log = new ArrayList<>();
  private Runnable afterRestart = () -> {};
  private int ids;

  /** A failure without further details. */
  public static NgrokException failure(Failure failure) {
    return new NgrokException(failure, null, "it failed", null);
  }

  /** The next call, such as {@code create endpoints}, fails. */
  public ScriptedNgrok failing(String call, NgrokException failure) {
    failures.computeIfAbsent(call, c -> new ArrayDeque<>()).add(failure);
    return this;
  }

  /** What happens while an agent restarts. */
  public ScriptedNgrok afterRestart(Runnable what) {
    afterRestart = what;
    return this;
  }

  /** Puts an object there without a call. */
  public <T extends RemoteObject> T put(Resource<T, ?, ?> resource, T object) {
    all(resource).put(object.id(), object);
    return object;
  }

  /** The calls so far, in order. */
  public List<String> log() {
    return log;
  }

  /** Lists every resource into the inventory. */
  public void sweepInto(Inventory inventory) {
    Resource.ALL.forEach(resource -> sweep(resource, inventory));
  }

  private <T extends RemoteObject> void sweep(Resource<T, ?, ?> resource, Inventory inventory) {
    long begun = inventory.beginSweep(resource);
    inventory.completeSweep(resource, begun, rows(resource));
  }

  @Override
  public <T extends RemoteObject> List<T> list(Resource<T, ?, ?> resource, Lane lane) {
    call("list " + resource.path());
    return rows(resource);
  }

  @Override
  public <T extends RemoteObject, C> T create(Resource<T, C, ?> resource, C body, Lane lane) {
    call("create " + resource.path());
    T created = resource.type().cast(created(resource.path() + "_" + ++ids, body));
    all(resource).put(created.id(), withoutToken(created));
    return created;
  }

  @Override
  public <T extends RemoteObject, U> T update(
      Resource<T, ?, U> resource, String id, U changes, Lane lane) {
    call("update " + resource.path());
    RemoteObject present = all(resource).get(id);
    if (present == null) {
      throw failure(Failure.NOT_FOUND);
    }
    T updated = resource.type().cast(updated(present, changes));
    all(resource).put(id, updated);
    return updated;
  }

  @Override
  public void delete(Resource<?, ?, ?> resource, String id, Lane lane) {
    call("delete " + resource.path());
    all(resource).remove(id);
  }

  @Override
  public void stopTunnelSession(String id, Lane lane) {
    call("stop " + id);
    all(Resource.TUNNEL_SESSIONS).remove(id);
  }

  @Override
  public void restartTunnelSession(String id, Lane lane) {
    call("restart " + id);
    all(Resource.TUNNEL_SESSIONS).remove(id);
    afterRestart.run();
  }

  private void call(String call) {
    log.add(call);
    Deque<NgrokException> scripted = failures.get(call);
    if (scripted != null && !scripted.isEmpty()) {
      throw scripted.remove();
    }
  }

  private Map<String, RemoteObject> all(Resource<?, ?, ?> resource) {
    return objects.computeIfAbsent(resource.path(), path -> new LinkedHashMap<>());
  }

  private <T extends RemoteObject> List<T> rows(Resource<T, ?, ?> resource) {
    return all(resource).values().stream().map(resource.type()::cast).toList();
  }

  private static RemoteObject withoutToken(RemoteObject object) {
    return object instanceof Credential credential ? credential.withoutToken() : object;
  }

  private static RemoteObject created(String id, Object body) {
    if (body instanceof ReservedDomain.Create c) {
      return new ReservedDomain(id, null, c.domain(), c.metadata(), null, null, null, null, null);
    }
    if (body instanceof ReservedAddr.Create c) {
      return new ReservedAddr(id, null, id + ".tcp.ngrok.io:20000", c.region(), c.metadata());
    }
    if (body instanceof ServiceUser.Create c) {
      return new ServiceUser(id, null, c.name(), c.active());
    }
    if (body instanceof Credential.Create c) {
      return new Credential(
          id,
          "2026-01-01T00:00:00Z",
          c.description(),
          c.metadata(),
          c.acl(),
          c.ownerId(),
          new Token("token of " + id));
    }
    if (body instanceof Vault.Create c) {
      return new Vault(id, null, c.name(), c.description(), c.metadata());
    }
    if (body instanceof VaultSecret.Create c) {
      Ref vault = new Ref(c.vaultId(), "");
      return new VaultSecret(id, null, c.name(), c.description(), c.metadata(), vault, null);
    }
    Endpoint.Create c = (Endpoint.Create) body;
    return endpoint(id, c.url(), c.metadata(), c.trafficPolicy());
  }

  private static RemoteObject updated(RemoteObject present, Object changes) {
    if (present instanceof ReservedDomain d && changes instanceof ReservedDomain.Update u) {
      return new ReservedDomain(
          d.id(),
          d.createdAt(),
          d.domain(),
          u.metadata(),
          d.cnameTarget(),
          d.acmeChallengeCnameTarget(),
          d.certificate(),
          d.certificateManagementPolicy(),
          d.certificateManagementStatus());
    }
    if (present instanceof ReservedAddr a && changes instanceof ReservedAddr.Update u) {
      return new ReservedAddr(a.id(), a.createdAt(), a.addr(), a.region(), u.metadata());
    }
    if (present instanceof Credential c && changes instanceof Credential.Update u) {
      return new Credential(
          c.id(),
          c.createdAt(),
          c.description(),
          or(u.metadata(), c.metadata()),
          u.acl() == null ? c.acl() : u.acl(),
          c.ownerId(),
          null);
    }
    if (present instanceof Vault v && changes instanceof Vault.Update u) {
      return new Vault(v.id(), null, v.name(), v.description(), or(u.metadata(), v.metadata()));
    }
    if (present instanceof VaultSecret s && changes instanceof VaultSecret.Update u) {
      String metadata = or(u.metadata(), s.metadata());
      return new VaultSecret(
          s.id(), null, s.name(), s.description(), metadata, s.vault(), s.vaultName());
    }
    Endpoint e = (Endpoint) present;
    Endpoint.Update u = (Endpoint.Update) changes;
    return endpoint(
        e.id(),
        or(u.url(), e.url()),
        or(u.metadata(), e.metadata()),
        or(u.trafficPolicy(), e.trafficPolicy()));
  }

  private static Endpoint endpoint(String id, String url, String metadata, String policy) {
    return new Endpoint(
        id, null, "cloud", url, null, false, null, metadata, policy, null, null, null, null, null);
  }

  private static String or(String changed, String present) {
    return changed == null ? present : changed;
  }
}
