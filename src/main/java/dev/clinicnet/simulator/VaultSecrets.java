package dev.clinicnet.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Secrets. Their values are read by policies and never shown. */
final class VaultSecrets extends WritableResource {
  private final Vaults vaults;

  VaultSecrets(Account account, Vaults vaults) {
    super(
        account,
        "vault_secrets",
        "secret",
        "secrets",
        Set.of("id", "created_at", "description", "metadata", "name"));
    this.vaults = vaults;
    vaults.usedBy(id -> table.any(row -> row.text("vault").equals(id)));
  }

  /** The value for a policy; empty when there is no such secret. */
  Optional<String> value(String vault, String name) {
    return vaults
        .named(vault)
        .flatMap(
            holder ->
                table.all().stream()
                    .filter(row -> row.text("vault").equals(holder.id()))
                    .filter(row -> row.text("name").equals(name))
                    .findFirst())
        .map(row -> row.text("value"))
        // The secret comes from a saved state, which has no values.
        .filter(value -> !value.isEmpty());
  }

  @Override
  BodySpec createFields() {
    return BodySpec.strings("name", "value", "metadata", "description", "vault_id", "vault_name");
  }

  @Override
  BodySpec patchFields() {
    return BodySpec.strings("name", "value", "metadata", "description");
  }

  @Override
  ObjectNode create(ObjectNode body, String base) {
    Row vault = vault(body);
    checkName(body.path("name").asText(""), vault.id(), "");
    if (body.path("value").asText("").isEmpty()) {
      throw SimulatorError.SECRET_VALUE_EMPTY.with();
    }
    account.requireRoom(path(), table.size(), SimulatorError.SECRET_LIMIT);
    ObjectNode fields = body.deepCopy();
    fields.remove(List.of("vault_id", "vault_name"));
    fields.put("vault", vault.id()).put("updated_at", Json.time(account.now()));
    return show(store(fields), base);
  }

  @Override
  void patch(Row row, ObjectNode body) {
    if (body.has("name")) {
      checkName(body.get("name").asText(), row.text("vault"), row.id());
    }
    if (body.has("value") && body.get("value").asText().isEmpty()) {
      throw SimulatorError.SECRET_VALUE_EMPTY.with();
    }
    merge(row, body.deepCopy().put("updated_at", Json.time(account.now())));
  }

  @Override
  List<Route> routes() {
    List<Route> routes = super.routes();
    routes.add(
        Route.of("GET", "/vaults/{id}/secrets", this::ofVault)
            .withId(vaults.prefix())
            .withQuery(Set.of("before_id", "limit"), Set.of()));
    return routes;
  }

  @Override
  ObjectNode render(Row row, String base) {
    ObjectNode view = head(row, base);
    copyPresent(row, view, "updated_at", "name", "description", "metadata");
    view.set("created_by", Json.ref(account.ownerId(), ""));
    view.set("last_updated_by", Json.ref(account.ownerId(), ""));
    view.set("vault", Json.ref(row.text("vault"), vaults.uri(base, row.text("vault"))));
    return view.put("vault_name", vaults.table.get(row.text("vault")).text("name"));
  }

  @Override
  ObjectNode stored(ObjectNode shown) {
    ObjectNode fields = super.stored(shown);
    storeReference(fields, "vault", "vault");
    return fields;
  }

  private ApiResponse ofVault(ApiRequest request) {
    vaults.table.get(request.id());
    List<Row> rows =
        table.all().stream().filter(row -> row.text("vault").equals(request.id())).toList();
    return ApiResponse.ok(Page.of(request, "secrets", rows, row -> show(row, request.base())));
  }

  private Row vault(ObjectNode body) {
    String id = body.path("vault_id").asText("");
    String name = body.path("vault_name").asText("");
    if (!id.isEmpty()) {
      Row vault = vaults.table.find(id);
      if (vault == null) {
        throw SimulatorError.SECRET_VAULT_ABSENT.with(id);
      }
      return vault;
    }
    if (name.isEmpty()) {
      throw SimulatorError.SECRET_VAULT_MISSING.with();
    }
    return vaults.named(name).orElseThrow(() -> SimulatorError.SECRET_VAULT_NAME.with(name));
  }

  private void checkName(String name, String vault, String self) {
    if (name.isEmpty()) {
      throw SimulatorError.SECRET_NAME_EMPTY.with();
    }
    if (!Vaults.NAME.matcher(name).matches()) {
      throw SimulatorError.SECRET_NAME.with(name);
    }
    boolean taken =
        table.any(
            row ->
                row.text("vault").equals(vault)
                    && row.text("name").equals(name)
                    && !row.id().equals(self));
    if (taken) {
      throw SimulatorError.SECRET_EXISTS.with();
    }
  }
}
