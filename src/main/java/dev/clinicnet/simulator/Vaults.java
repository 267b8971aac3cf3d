package dev.clinicnet.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Vaults for the secrets that traffic policies read. */
final class Vaults extends WritableResource {
  /** The text of the error leaves the hyphen out, but the documented captures have it. */
  static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_/.-]+");

  private Predicate<String> used = id -> false;

  Vaults(Account account) {
    super(
        account,
        "vaults",
        "vault",
        "vaults",
        Set.of("id", "created_at", "description", "metadata", "name"));
  }

  /** Sets the check for vaults that have secrets. */
  void usedBy(Predicate<String> value) {
    this.used = value;
  }

  Optional<Row> named(String name) {
    return table.all().stream().filter(row -> row.text("name").equals(name)).findFirst();
  }

  @Override
  BodySpec createFields() {
    return BodySpec.strings("name", "metadata", "description");
  }

  @Override
  BodySpec patchFields() {
    return createFields();
  }

  @Override
  ObjectNode create(ObjectNode body, String base) {
    checkName(body.path("name").asText(""), "");
    account.requireRoom(path(), table.size(), SimulatorError.VAULT_LIMIT);
    body.put("updated_at", Json.time(account.now()));
    return show(store(body), base);
  }

  @Override
  void patch(Row row, ObjectNode body) {
    if (body.has("name")) {
      checkName(body.get("name").asText(), row.id());
    }
    merge(row, body.put("updated_at", Json.time(account.now())));
  }

  @Override
  void beforeDelete(Row row) {
    if (used.test(row.id())) {
      throw SimulatorError.VAULT_NOT_EMPTY.with();
    }
  }

  @Override
  ObjectNode render(Row row, String base) {
    ObjectNode view = head(row, base);
    copyPresent(row, view, "updated_at", "name", "description", "metadata");
    // A vault has plain ids, and a secret has references (documented).
    return view.put("created_by", account.ownerId()).put("last_updated_by", account.ownerId());
  }

  private void checkName(String name, String self) {
    if (name.isEmpty()) {
      throw SimulatorError.VAULT_NAME_EMPTY.with();
    }
    if (!NAME.matcher(name).matches()) {
      throw SimulatorError.VAULT_NAME.with(name);
    }
    if (named(name).filter(row -> !row.id().equals(self)).isPresent()) {
      throw SimulatorError.VAULT_EXISTS.with();
    }
  }
}
