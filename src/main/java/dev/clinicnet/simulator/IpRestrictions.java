package dev.clinicnet.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * IP restrictions of the account. They are objects only: the simulator is on loopback, so it lets
 * everybody in.
 */
final class IpRestrictions extends WritableResource {
  private static final String DASHBOARD = "dashboard";
  private static final List<String> TYPES = List.of("agent", "api", DASHBOARD, "endpoints");

  private final IpPolicies policies;

  IpRestrictions(Account account, IpPolicies policies) {
    super(
        account,
        "ip_restrictions",
        "ipx",
        "ip_restrictions",
        Set.of("id", "created_at", "description", "metadata"));
    this.policies = policies;
    policies.references(policy -> idsThat(row -> refers(row, policy)));
  }

  /** The restrictions of the dashboard that refer to a policy. */
  List<String> ofDashboard(String policy) {
    return idsThat(row -> row.text("type").equals(DASHBOARD) && refers(row, policy));
  }

  @Override
  BodySpec createFields() {
    return patchFields().string("type");
  }

  @Override
  BodySpec patchFields() {
    return BodySpec.strings("description", "metadata").bool("enforced").stringList("ip_policy_ids");
  }

  @Override
  ObjectNode create(ObjectNode body, String base) {
    String type = body.path("type").asText("");
    if (!TYPES.contains(type)) {
      throw SimulatorError.IP_RESTRICTION_TYPE.with(type, String.join(", ", TYPES));
    }
    checkPolicies(body);
    if (table.any(row -> row.text("type").equals(type))) {
      throw SimulatorError.IP_RESTRICTION_EXISTS.with(type);
    }
    return show(store(body.deepCopy()), base);
  }

  @Override
  void patch(Row row, ObjectNode body) {
    if (body.has("ip_policy_ids")) {
      checkPolicies(body);
    }
    merge(row, body);
  }

  @Override
  ObjectNode render(Row row, String base) {
    ObjectNode view = head(row, base);
    copyPresent(row, view, "description", "metadata");
    view.put("enforced", row.flag("enforced")).put("type", row.text("type"));
    ArrayNode shown = view.putArray("ip_policies");
    for (String policy : Json.strings(row.fields().path("ip_policy_ids"))) {
      shown.add(Json.ref(policy, policies.uri(base, policy)));
    }
    return view;
  }

  @Override
  ObjectNode stored(ObjectNode shown) {
    ObjectNode fields = super.stored(shown);
    ArrayNode ids = fields.putArray("ip_policy_ids");
    shown.path("ip_policies").forEach(policy -> ids.add(policy.path("id").asText()));
    fields.remove("ip_policies");
    return fields;
  }

  private void checkPolicies(ObjectNode body) {
    List<String> wanted = Json.strings(body.path("ip_policy_ids"));
    if (wanted.isEmpty()) {
      throw SimulatorError.IP_RESTRICTION_EMPTY.with();
    }
    for (String policy : wanted) {
      if (!policies.exists(policy)) {
        throw SimulatorError.IP_RESTRICTION_POLICY.with(policy);
      }
    }
  }

  private List<String> idsThat(Predicate<Row> condition) {
    return table.all().stream().filter(condition).map(Row::id).toList();
  }

  private static boolean refers(Row row, String policy) {
    return Json.strings(row.fields().path("ip_policy_ids")).contains(policy);
  }
}
