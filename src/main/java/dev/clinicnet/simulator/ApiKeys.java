package dev.clinicnet.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * API keys. There is always one, which represents the key of the client, so that clients that check
 * their access this way find a key.
 */
final class ApiKeys extends WritableResource {
  private final Function<String, Row> userById;
  private final Map<String, String> idByToken = new HashMap<>();

  /** The key that is there from the beginning. */
  private String first;

  /** The key that represents the client's. */
  private String own;

  ApiKeys(Account account, Function<String, Row> userById) {
    super(
        account,
        "api_keys",
        "ak",
        "keys",
        Set.of("id", "created_at", "description", "metadata", "owner_id"));
    this.userById = userById;
    seed();
  }

  /** Whether a text is a key that was created here and still exists. */
  boolean isKey(String text) {
    String id = idByToken.get(text);
    return id != null && table.find(id) != null;
  }

  /** The key that was created here, or the one that represents all others; null if it is gone. */
  Row key(String text) {
    Row key = table.find(idByToken.getOrDefault(text, ""));
    return key == null ? table.find(own) : key;
  }

  /** The owner of a key. */
  String ownerOf(Row row) {
    String owner = row.text("owner_id");
    return owner.isEmpty() ? account.ownerId() : owner;
  }

  @Override
  BodySpec createFields() {
    return BodySpec.strings("description", "metadata", "owner_id");
  }

  @Override
  ObjectNode create(ObjectNode body, String base) {
    String owner = body.path("owner_id").asText("");
    if (!owner.isEmpty() && !owner.equals(account.callerId())) {
      if (!account.keyIsAdmin()) {
        throw SimulatorError.OWNER_NEEDS_ADMIN.with();
      }
      if (userById.apply(owner) == null) {
        throw SimulatorError.OWNER_UNKNOWN.with();
      }
    }
    Row row = store(body.deepCopy().put("owner_id", owner.isEmpty() ? account.callerId() : owner));
    String token = Users.ksuid(row.id()) + "_" + account.ids().secret();
    idByToken.put(token, row.id());
    return show(row, base).put("token", token);
  }

  @Override
  void reset() {
    super.reset();
    idByToken.clear();
    seed();
  }

  @Override
  ObjectNode render(Row row, String base) {
    ObjectNode view = head(row, base);
    copyPresent(row, view, "description", "metadata");
    return view.put("owner_id", ownerOf(row)).putNull("token");
  }

  /** Replaces the key that is always there. Objects of its user keep their owner. */
  @Override
  void restore(ObjectNode shown) {
    table.removeIf(row -> row.id().equals(first));
    String owner = shown.path("owner_id").asText("");
    if (owner.startsWith("usr_")) {
      account.ownerId(owner);
      own = shown.get("id").asText();
    }
    super.restore(shown);
  }

  private void seed() {
    first = store(Json.object().put("description", "simulated key")).id();
    own = first;
  }
}
