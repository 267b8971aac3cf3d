package dev.clinicnet.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** IP policies; their rules are objects of their own. */
final class IpPolicies extends WritableResource {
  private Consumer<String> gone = id -> {};
  private Function<String, List<String>> references = id -> List.of();

  IpPolicies(Account account) {
    super(
        account,
        "ip_policies",
        "ipp",
        "ip_policies",
        Set.of("id", "created_at", "description", "metadata"));
  }

  /** Sets what tells which restrictions refer to a policy. */
  void references(Function<String, List<String>> value) {
    this.references = value;
  }

  void gone(Consumer<String> value) {
    this.gone = value;
  }

  boolean exists(String id) {
    return table.find(id) != null;
  }

  @Override
  BodySpec createFields() {
    return BodySpec.strings("description", "metadata");
  }

  @Override
  ObjectNode create(ObjectNode body, String base) {
    account.requireRoom(path(), table.size(), SimulatorError.IP_POLICY_LIMIT);
    return show(store(body), base);
  }

  @Override
  void patch(Row row, ObjectNode body) {
    if (body.isEmpty()) {
      throw SimulatorError.IP_POLICY_EMPTY_UPDATE.with();
    }
    merge(row, body);
  }

  @Override
  void beforeDelete(Row row) {
    List<String> users = references.apply(row.id());
    if (!users.isEmpty()) {
      throw SimulatorError.IP_POLICY_REFERENCED.with(row.id(), String.join(", ", users));
    }
  }

  @Override
  void afterDelete(Row row) {
    gone.accept(row.id());
  }

  @Override
  ObjectNode render(Row row, String base) {
    ObjectNode view = head(row, base);
    copyPresent(row, view, "description", "metadata");
    return view;
  }
}
