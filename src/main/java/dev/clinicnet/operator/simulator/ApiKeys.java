package dev.clinicnet.operator.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/** API keys: one is listed, so that clients that check their access this way find something. */
final class ApiKeys extends Resource {

  ApiKeys(Account account) {
    super(
        account,
        "api_keys",
        "ak",
        "keys",
        Set.of("id", "created_at", "description", "metadata", "owner_id"));
    seed();
  }

  @Override
  void reset() {
    super.reset();
    seed();
  }

  @Override
  ObjectNode render(Row row, String base) {
    ObjectNode view = head(row, base);
    copyPresent(row, view, "description", "metadata");
    return view.put("owner_id", account.ownerId()).putNull("token");
  }

  /** In the place of the one that is always there; what is owned by its user keeps its owner. */
  @Override
  void restore(ObjectNode shown) {
    table.clear();
    account.ownerId(shown.path("owner_id").asText(account.ownerId()));
    super.restore(shown);
  }

  private void seed() {
    ObjectNode fields = Json.object().put("description", "simulated key");
    table.add(new Row(account.ids().next(prefix()), account.now(), fields));
  }
}
