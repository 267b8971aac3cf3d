package dev.clinicnet.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Access tokens. Each one acts as its owner, in the API and for agents, and can do only what its
 * scopes allow (documented). One scope does not include another here: whether {@code write}
 * includes {@code read} is not documented. Only the answer to the create request has the token.
 */
final class AccessTokens extends WritableResource {
  /** What every token begins with (documented). */
  static final String BEGINNING = "ngrok_pat_";

  private final Map<String, String> idByToken = new HashMap<>();

  AccessTokens(Account account) {
    super(
        account,
        "access_tokens",
        "pat",
        "access_tokens",
        Set.of("id", "created_at", "description", "metadata", "owner_id"));
  }

  /** Whether a text is a token that was created here and still exists. */
  boolean isToken(String text) {
    return token(text) != null;
  }

  /**
   * Refuses a request that the scopes of a token do not allow, and every request with a deleted
   * token. Other keys may do everything.
   */
  void require(String key, String method, String path) {
    String id = idByToken.get(key);
    if (id == null) {
      return;
    }
    Row token = table.find(id);
    if (token == null) {
      throw SimulatorError.KEY_INVALID.with(key);
    }
    Scopes.of(method, path)
        .filter(scope -> !has(token, scope))
        .ifPresent(
            scope -> {
              throw SimulatorError.SCOPE_MISSING.with(scope);
            });
  }

  /** The token of a text; null if it is none. */
  Row token(String text) {
    String id = idByToken.get(text);
    return id == null ? null : table.find(id);
  }

  /** The scopes of a token. */
  static List<String> scopes(Row token) {
    return Json.strings(token.fields().path("scopes"));
  }

  /** The token that an agent presents, or the refusal that the agent gets. */
  Row authenticate(String text) {
    Row token = token(text);
    if (token == null) {
      throw SimulatorError.AUTHTOKEN_INVALID.with();
    }
    if (!has(token, Scopes.START_AGENT)) {
      throw SimulatorError.AGENT_SCOPE_MISSING.with(token.id(), Scopes.START_AGENT);
    }
    return token;
  }

  @Override
  BodySpec createFields() {
    return BodySpec.strings("description", "metadata").stringList("scopes");
  }

  @Override
  BodySpec patchFields() {
    return createFields();
  }

  @Override
  ObjectNode create(ObjectNode body, String base) {
    check(body);
    if (body.path("scopes").isEmpty()) {
      throw SimulatorError.FIELD_INVALID.with("scopes");
    }
    Row row = store(body.deepCopy().put("owner_id", account.callerId()));
    String token = BEGINNING + Users.ksuid(row.id()) + "_" + account.ids().secret();
    idByToken.put(token, row.id());
    return show(row, base).put("token", token);
  }

  @Override
  void patch(Row row, ObjectNode body) {
    check(body);
    if (body.has("scopes") && !row.text("owner_id").equals(account.callerId())) {
      throw SimulatorError.SCOPES_OF_ANOTHER.with();
    }
    merge(row, body);
  }

  @Override
  void reset() {
    super.reset();
    idByToken.clear();
  }

  @Override
  ObjectNode render(Row row, String base) {
    ObjectNode view = head(row, base);
    copyPresent(row, view, "description", "metadata");
    view.set("scopes", row.fields().path("scopes"));
    return view.put("owner_id", row.text("owner_id")).putNull("token");
  }

  @Override
  ObjectNode stored(ObjectNode shown) {
    return super.stored(shown).without("token");
  }

  private static boolean has(Row token, String scope) {
    return scopes(token).contains(scope);
  }

  /** Refuses what is no scope, and scopes that the caller lacks itself. */
  private void check(ObjectNode body) {
    List<String> scopes = Json.strings(body.path("scopes"));
    if (!scopes.stream().allMatch(Scopes::isScope)) {
      throw SimulatorError.FIELD_INVALID.with("scopes");
    }
    if (account.caller() != null) {
      account.caller().requireScopes(scopes);
    }
  }
}
