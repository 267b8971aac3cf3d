package dev.clinicnet.operator.preview;

import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.ngrok.Failure;
import dev.clinicnet.operator.ngrok.Lane;
import dev.clinicnet.operator.ngrok.NgrokApi;
import dev.clinicnet.operator.ngrok.NgrokException;
import dev.clinicnet.operator.ngrok.RemoteObject;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.ngrok.VaultSecret;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A copy of an account in memory, which takes writes as the platform would and notes them. It has
 * no connection: nothing can leave it.
 */
final class ImaginedAccount implements NgrokApi {
  private final Map<Resource<?, ?, ?>, Map<String, RemoteObject>> rows = new HashMap<>();
  private final List<Change> changes = new ArrayList<>();
  private final Instant now;
  private Owner owner;
  private int made;

  ImaginedAccount(AccountListing listing, Instant now) {
    this.now = now;
    for (Resource<?, ?, ?> resource : Resource.ALL) {
      Map<String, RemoteObject> byID = new LinkedHashMap<>();
      listing.all(resource).forEach(row -> byID.put(row.id(), row));
      rows.put(resource, byID);
    }
  }

  /** Whose the writes are from now on. */
  void actFor(Owner somebody) {
    this.owner = somebody;
  }

  /** The writes so far, in order. */
  List<Change> changes() {
    return List.copyOf(changes);
  }

  @Override
  public <T extends RemoteObject> List<T> list(Resource<T, ?, ?> resource, Lane lane) {
    return rows.get(resource).values().stream().map(resource.type()::cast).toList();
  }

  @Override
  public <T extends RemoteObject, C> T create(Resource<T, C, ?> resource, C body, Lane lane) {
    String id = "(new " + ++made + ")";
    T object =
        resource.type().cast(ImaginedObjects.made(id, now.toString(), body, vaultName(body)));
    rows.get(resource).put(id, object);
    note(Action.CREATE, resource, null, object, body instanceof VaultSecret.Create);
    return object;
  }

  @Override
  public <T extends RemoteObject, U> T update(
      Resource<T, ?, U> resource, String id, U update, Lane lane) {
    RemoteObject before = rows.get(resource).get(id);
    if (before == null) {
      throw new NgrokException(Failure.NOT_FOUND, null, "There is no " + id + ".", null);
    }
    T after = resource.type().cast(ImaginedObjects.changed(before, update));
    rows.get(resource).put(id, after);
    boolean secret = update instanceof VaultSecret.Update changed && changed.value() != null;
    note(Action.UPDATE, resource, before, after, secret);
    return after;
  }

  @Override
  public void delete(Resource<?, ?, ?> resource, String id, Lane lane) {
    remove(Action.DELETE, resource, id);
  }

  @Override
  public void stopTunnelSession(String id, Lane lane) {
    remove(Action.STOP, Resource.TUNNEL_SESSIONS, id);
  }

  /** Not noted: whether the annotation was obeyed already, only a status in the cluster knows. */
  @Override
  public void restartTunnelSession(String id, Lane lane) {
    rows.get(Resource.TUNNEL_SESSIONS).remove(id);
  }

  private void remove(Action action, Resource<?, ?, ?> resource, String id) {
    RemoteObject before = rows.get(resource).remove(id);
    if (before != null) {
      note(action, resource, before, null, false);
    }
  }

  private void note(
      Action action,
      Resource<?, ?, ?> resource,
      RemoteObject before,
      RemoteObject after,
      boolean sendsSecret) {
    changes.add(new Change(owner, action, resource, before, after, sendsSecret));
  }

  private String vaultName(Object body) {
    return body instanceof VaultSecret.Create secret
        ? RemoteNames.name(rows.get(Resource.VAULTS).get(secret.vaultId()))
        : null;
  }
}
