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
    return BodySpec.strings("name").bool("active");
  }

  @Override
  BodySpec patchFields() {
    return createFields();
  }

  @Override
  ObjectNode create(ObjectNode body, String base) {
    requireAdmin();
    checkName(body.path("name").asText(""), null);
    account.requireRoom("service_users", table.size(), SimulatorError.USER_LIMIT);
    ObjectNode fields = body.deepCopy();
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
    merge(row, body);
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
    return head(row, base).put("name", row.text("name")).put("active", row.flag("active"));
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
