package dev.clinicnet.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Service users, by both of their names. According to the documentation, service users were called
 * bot users before. Here both paths show the same users, each with its own id prefix. It is not
 * clearly documented whether the platform's prefixes differ.
 */
final class Users extends WritableResource {
  private static final int NAME_LIMIT = 255;
  private static final String READ_ONLY = "developer-readonly";
  private static final String DEVELOPER = "developer";

  /** The roles that a service user may have (documented). */
  private static final Set<String> ROLES = Set.of(DEVELOPER, READ_ONLY, "team-manager");

  private final String otherPrefix;
  private final List<Users> family;
  private Consumer<String> ownerGone = ksuid -> {};

  private Users(
      Account account, String path, String prefix, String otherPrefix, Set<String> filterable) {
    super(account, path, prefix, path, filterable);
    this.otherPrefix = otherPrefix;
    this.family = new ArrayList<>(List.of(this));
  }

  /** The new and the legacy path over one set of users. */
  static List<Users> both(Account account) {
    Users service =
        new Users(account, "service_users", "service", "bot", Set.of("id", "created_at"));
    Users bot = new Users(account, "bot_users", "bot", "service", Set.of());
    service.family.add(bot);
    bot.family.add(service);
    return List.of(service, bot);
  }

  /** Sets the listener that gets the second half of the id of each deleted user. */
  void ownerGone(Consumer<String> value) {
    this.ownerGone = value;
  }

  @Override
  BodySpec createFields() {
    return BodySpec.strings("name").bool("active").stringList("roles");
  }

  @Override
  BodySpec patchFields() {
    return createFields();
  }

  @Override
  ObjectNode create(ObjectNode body, String base) {
    requireAdmin();
    checkName(body.path("name").asText(""), null);
    checkRoles(body);
    account.requireRoom("service_users", table.size(), SimulatorError.USER_LIMIT);
    ObjectNode fields = withoutIgnored(body);
    if (!fields.has("active")) {
      fields.put("active", true);
    }
    Row row = store(fields);
    showToOther(row);
    return show(row, base);
  }

  @Override
  void patch(Row row, ObjectNode body) {
    requireAdmin();
    if (body.has("name")) {
      checkName(body.get("name").asText(), row);
    }
    checkRoles(body);
    merge(row, withoutIgnored(body));
  }

  @Override
  void beforeDelete(Row row) {
    requireAdmin();
  }

  @Override
  void afterDelete(Row row) {
    family.get(1).table.remove(otherId(row));
    ownerGone.accept(ksuid(row.id()));
  }

  /** The users of the legacy path are the same users. */
  @Override
  boolean isKept(ObjectNode shown) {
    return path().equals("service_users");
  }

  @Override
  void restore(ObjectNode shown) {
    super.restore(shown);
    showToOther(table.get(shown.get("id").asText()));
  }

  @Override
  ObjectNode render(Row row, String base) {
    ObjectNode view =
        head(row, base).put("name", row.text("name")).put("active", row.flag("active"));
    if (account.behaviour().roles() == Behaviour.Roles.KNOWN) {
      view.set("roles", Json.array(roles(row)));
    }
    return view;
  }

  /** Whether a service user may only read. */
  static boolean mayOnlyRead(Row user) {
    return roles(user).contains(READ_ONLY);
  }

  /** It is assumed that a service user without roles is a developer, as all were before. */
  private static List<String> roles(Row user) {
    List<String> roles = Json.strings(user.fields().path("roles"));
    return roles.isEmpty() ? List.of(DEVELOPER) : roles;
  }

  private void checkRoles(ObjectNode body) {
    if (!body.has("roles") || account.behaviour().roles() == Behaviour.Roles.IGNORED) {
      return;
    }
    if (account.behaviour().roles() == Behaviour.Roles.REFUSED) {
      throw SimulatorError.FIELD_UNKNOWN.with("roles", "name, active");
    }
    List<String> roles = Json.strings(body.get("roles"));
    for (String role : roles) {
      if (!ROLES.contains(role)) {
        throw SimulatorError.ROLE_NOT_ALLOWED.with(role);
      }
    }
    if (roles.contains(DEVELOPER) && roles.contains(READ_ONLY)) {
      throw SimulatorError.ROLE_CONFLICT.with();
    }
  }

  private ObjectNode withoutIgnored(ObjectNode body) {
    ObjectNode fields = body.deepCopy();
    if (account.behaviour().roles() != Behaviour.Roles.KNOWN) {
      fields.remove("roles");
    }
    return fields;
  }

  static String ksuid(String id) {
    return id.substring(id.indexOf('_') + 1);
  }

  private void showToOther(Row row) {
    family.get(1).table.add(new Row(otherId(row), row.createdAt(), row.fields()));
  }

  private String otherId(Row row) {
    return otherPrefix + "_" + ksuid(row.id());
  }

  private void requireAdmin() {
    if (!account.keyIsAdmin()) {
      throw SimulatorError.USER_NEEDS_ADMIN.with();
    }
  }

  private void checkName(String name, Row self) {
    if (name.isBlank()) {
      throw SimulatorError.USER_NAME_EMPTY.with();
    }
    int length = name.getBytes(StandardCharsets.UTF_8).length;
    if (length > NAME_LIMIT) {
      throw SimulatorError.USER_NAME_LENGTH.with(length, NAME_LIMIT);
    }
    Set<String> taken = new HashSet<>();
    table.all().stream()
        .filter(row -> self == null || !row.id().equals(self.id()))
        .forEach(row -> taken.add(row.text("name")));
    if (taken.contains(name)) {
      throw SimulatorError.USER_NAME_EXISTS.with();
    }
  }
}
