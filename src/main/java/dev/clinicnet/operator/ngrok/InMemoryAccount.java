package dev.clinicnet.operator.ngrok;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * An account in memory that answers requests as the platform does. It has no connection.
 *
 * <p>Requests take effect by their wire format: an object has the members of the request that
 * created it, and a change replaces the members that it contains.
 */
public final class InMemoryAccount implements NgrokApi {
  private static final ObjectMapper JSON = WireJson.mapper();
  private static final String ID = "_id";
  private static final Pattern NGROKS = Pattern.compile(".*[.]ngrok(-free)?[.](app|dev|io|pizza)");

  private final Map<Resource<?, ?, ?>, Map<String, RemoteObject>> rows = new LinkedHashMap<>();
  private final String now;
  private final BiFunction<Resource<?, ?, ?>, Integer, String> ids;
  private final UnaryOperator<String> addresses;
  private final Listener listener;
  private int made;

  /** Hears of each write. */
  @FunctionalInterface
  public interface Listener {
    /**
     * An object was written.
     *
     * @param before null for a creation
     * @param after null for a deletion
     * @param body what was sent; null for a deletion
     */
    void wrote(Resource<?, ?, ?> resource, RemoteObject before, RemoteObject after, Object body);
  }

  /**
   * An empty account.
   *
   * @param now the time at which every object is created, RFC 3339
   * @param ids gives the id of the n-th object
   * @param addresses gives the address of the reservation with an id, or the target of its DNS
   *     records
   */
  public InMemoryAccount(
      String now,
      BiFunction<Resource<?, ?, ?>, Integer, String> ids,
      UnaryOperator<String> addresses,
      Listener listener) {
    this.now = now;
    this.ids = ids;
    this.addresses = addresses;
    this.listener = listener;
    Resource.ALL.forEach(resource -> rows.put(resource, new LinkedHashMap<>()));
  }

  /** Adds an object without a request. */
  public void put(Resource<?, ?, ?> resource, RemoteObject object) {
    rows.get(resource).put(object.id(), object);
  }

  @Override
  public <T extends RemoteObject> List<T> list(Resource<T, ?, ?> resource, Lane lane) {
    return rows.get(resource).values().stream().map(resource.type()::cast).toList();
  }

  @Override
  public <T extends RemoteObject, C> T create(Resource<T, C, ?> resource, C body, Lane lane) {
    ObjectNode tree = JSON.valueToTree(body);
    String id = ids.apply(resource, ++made);
    addReferences(tree);
    tree.put("id", id).put("created_at", now);
    if (resource.equals(Resource.RESERVED_ADDRS)) {
      tree.put("addr", addresses.apply(id));
    } else if (resource.equals(Resource.RESERVED_DOMAINS)) {
      addTargets(tree, addresses.apply(id));
    } else if (resource.equals(Resource.VAULT_SECRETS)) {
      RemoteObject holder = rows.get(Resource.VAULTS).get(tree.path("vault_id").textValue());
      tree.put("vault_name", holder == null ? null : holder.displayName());
    }
    T listed = read(tree, resource);
    put(resource, listed);
    listener.wrote(resource, null, listed, body);
    return resource.equals(Resource.CREDENTIALS)
        ? read(tree.put("token", "token of " + id), resource)
        : listed;
  }

  @Override
  public <T extends RemoteObject, U extends Changes> T update(
      Resource<T, ?, U> resource, String id, U changes, Lane lane) {
    RemoteObject before = rows.get(resource).get(id);
    if (before == null) {
      throw new NgrokException(Failure.NOT_FOUND, null, "There is no " + id + ".", null);
    }
    ObjectNode tree = JSON.valueToTree(before);
    tree.setAll(JSON.<ObjectNode>valueToTree(changes));
    T after = read(tree, resource);
    put(resource, after);
    listener.wrote(resource, before, after, changes);
    return after;
  }

  @Override
  public void delete(Resource<?, ?, ?> resource, String id, Lane lane) {
    RemoteObject before = rows.get(resource).remove(id);
    if (before != null) {
      listener.wrote(resource, before, null, null);
    }
  }

  @Override
  public void stopTunnelSession(String id, Lane lane) {
    delete(Resource.TUNNEL_SESSIONS, id, lane);
  }

  /** This is not a write: the agent only logs in again. */
  @Override
  public void restartTunnelSession(String id, Lane lane) {
    rows.get(Resource.TUNNEL_SESSIONS).remove(id);
  }

  /** A domain under ngrok's own names needs no DNS records. */
  private static void addTargets(ObjectNode domain, String target) {
    String name = domain.path("domain").asText();
    if (!NGROKS.matcher(name).matches()) {
      domain.put("cname_target", target);
      if (name.startsWith("*.")) {
        domain.put("acme_challenge_cname_target", target);
      }
    }
  }

  /**
   * An object that is created with a {@code vault_id} is listed with a reference, {@code vault}.
   */
  private static void addReferences(ObjectNode tree) {
    for (Map.Entry<String, JsonNode> member : tree.deepCopy().properties()) {
      String name = member.getKey();
      if (name.endsWith(ID)) {
        Ref other = new Ref(member.getValue().textValue(), "");
        tree.set(name.substring(0, name.length() - ID.length()), JSON.valueToTree(other));
      }
    }
  }

  private static <T extends RemoteObject> T read(ObjectNode tree, Resource<T, ?, ?> resource) {
    try {
      return JSON.treeToValue(tree, resource.type());
    } catch (JsonProcessingException e) {
      // The cause is left out, because it may quote a secret.
      throw new IllegalStateException("no " + resource.word() + " can be made of a request");
    }
  }
}
