package dev.clinicnet.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Agent authtokens. Only the answer to the create request has the token. Only the hash of the token
 * is stored.
 */
final class Credentials extends WritableResource {
  private static final TextLimits LIMITS =
      new TextLimits(SimulatorError.CREDENTIAL_DESCRIPTION, SimulatorError.CREDENTIAL_METADATA);
  private static final Pattern TOKEN = Pattern.compile("[0-9A-Za-z]{27}_[0-9A-Za-z]{16,40}");

  private final Function<String, Row> userById;
  private final AccessTokens accessTokens;

  /**
   * Ids by hash of the token. Those of deleted credentials stay, so that they are recognised as
   * revoked.
   */
  private final Map<String, String> idByHash = new HashMap<>();

  Credentials(Account account, Function<String, Row> userById, AccessTokens accessTokens) {
    super(
        account,
        "credentials",
        "cr",
        "credentials",
        Set.of("id", "created_at", "description", "metadata", "owner_id", "acl"));
    this.userById = userById;
    this.accessTokens = accessTokens;
  }

  /**
   * The credential of an authtoken, or the refusal that an agent gets. An access token is a
   * credential too (documented). It has no ACL.
   */
  Row authenticate(String token) {
    Row row =
        token.startsWith(AccessTokens.BEGINNING)
            ? accessTokens.authenticate(token)
            : credential(token);
    Row owner = userById.apply(row.text("owner_id"));
    if (owner != null && !owner.flag("active")) {
      throw SimulatorError.OWNER_INACTIVE.with(owner.id());
    }
    return row;
  }

  private Row credential(String token) {
    if (!TOKEN.matcher(token).matches()) {
      throw SimulatorError.AUTHTOKEN_MALFORMED.with();
    }
    String id = idByHash.get(hash(token));
    if (id == null) {
      throw SimulatorError.AUTHTOKEN_INVALID.with();
    }
    Row row = table.find(id);
    if (row == null) {
      throw SimulatorError.AUTHTOKEN_REVOKED.with(id);
    }
    return row;
  }

  boolean isAuthtoken(String text) {
    return idByHash.containsKey(hash(text));
  }

  /** The deletion of an owner deletes its credentials. */
  void ownerGone(String ksuid) {
    table.removeIf(row -> Users.ksuid(row.text("owner_id")).equals(ksuid));
  }

  @Override
  BodySpec createFields() {
    return BodySpec.strings("description", "metadata", "owner_id").stringList("acl");
  }

  @Override
  BodySpec patchFields() {
    return BodySpec.strings("description", "metadata").stringList("acl");
  }

  @Override
  ObjectNode create(ObjectNode body, String base) {
    LIMITS.check(body);
    Acl.check(body.path("acl"));
    String owner = owner(body.path("owner_id").asText(""));
    account.requireRoom(path(), table.size(), SimulatorError.CREDENTIAL_LIMIT);
    ObjectNode fields = body.deepCopy();
    fields.put("owner_id", owner);
    Row row = store(fields);
    String token = Users.ksuid(row.id()) + "_" + account.ids().secret();
    idByHash.put(hash(token), row.id());
    ObjectNode view = show(row, base);
    return view.put("token", token);
  }

  @Override
  void patch(Row row, ObjectNode body) {
    if (body.isEmpty()) {
      throw SimulatorError.CREDENTIAL_EMPTY_UPDATE.with();
    }
    LIMITS.check(body);
    Acl.check(body.path("acl"));
    merge(row, body);
  }

  @Override
  ObjectNode render(Row row, String base) {
    ObjectNode view = head(row, base);
    copyPresent(row, view, "description", "metadata");
    JsonNode acl = row.fields().path("acl");
    view.set("acl", acl.isMissingNode() ? Json.array() : acl);
    view.put("owner_id", row.text("owner_id"));
    view.putNull("token");
    return view;
  }

  /** A token is never shown. Tests that want agents to connect write it into the state. */
  @Override
  ObjectNode stored(ObjectNode shown) {
    JsonNode token = shown.path("token");
    if (token.isTextual()) {
      if (!TOKEN.matcher(token.asText()).matches()) {
        throw SimulatorError.AUTHTOKEN_MALFORMED.with();
      }
      idByHash.put(hash(token.asText()), shown.get("id").asText());
    }
    return super.stored(shown).without("token");
  }

  @Override
  void reset() {
    super.reset();
    idByHash.clear();
  }

  private String owner(String wanted) {
    if (wanted.isEmpty() || wanted.equals(account.callerId())) {
      return account.callerId();
    }
    if (!account.keyIsAdmin()) {
      throw SimulatorError.OWNER_NEEDS_ADMIN.with();
    }
    Row user = userById.apply(wanted);
    if (user == null) {
      throw SimulatorError.OWNER_UNKNOWN.with();
    }
    if (!user.flag("active")) {
      throw SimulatorError.OWNER_INACTIVE.with(wanted);
    }
    return wanted;
  }

  private static String hash(String token) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
