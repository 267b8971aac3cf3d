package dev.clinicnet.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clinicnet.simulator.traffic.TrafficAccount.AddressRule;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The rules of IP policies. */
final class IpPolicyRules extends WritableResource {
  private static final Set<String> ACTIONS = Set.of("allow", "deny");

  private static final int DESCRIPTION = 255;

  private final IpPolicies policies;
  private final IpRestrictions restrictions;

  IpPolicyRules(Account account, IpPolicies policies, IpRestrictions restrictions) {
    super(
        account,
        "ip_policy_rules",
        "ipr",
        "ip_policy_rules",
        Set.of("id", "created_at", "description", "metadata", "ip_policy", "cidr", "action"));
    this.policies = policies;
    this.restrictions = restrictions;
    policies.gone(id -> table.removeIf(row -> row.text("ip_policy_id").equals(id)));
  }

  /** The rules of a policy; empty when there is no such policy. */
  Optional<List<AddressRule>> of(String policy) {
    if (!policies.exists(policy)) {
      return Optional.empty();
    }
    return Optional.of(
        table.all().stream()
            .filter(row -> row.text("ip_policy_id").equals(policy))
            .map(row -> new AddressRule(row.text("cidr"), row.text("action").equals("allow")))
            .toList());
  }

  @Override
  BodySpec createFields() {
    return BodySpec.strings("description", "metadata", "cidr", "ip_policy_id", "action");
  }

  @Override
  BodySpec patchFields() {
    return BodySpec.strings("description", "metadata", "cidr");
  }

  @Override
  ObjectNode create(ObjectNode body, String base) {
    for (String name : List.of("cidr", "ip_policy_id", "action")) {
      if (body.path(name).asText("").isEmpty()) {
        throw SimulatorError.IP_RULE_PARAMETER.with(name);
      }
    }
    if (!ACTIONS.contains(body.get("action").asText())) {
      throw SimulatorError.IP_RULE_ACTION.with();
    }
    checkDescription(body);
    String policy = body.get("ip_policy_id").asText();
    if (!policies.exists(policy)) {
      throw SimulatorError.IP_POLICY_ABSENT.with();
    }
    checkCidr(body.get("cidr").asText(), policy, "");
    account.requireRoom(path(), table.size(), SimulatorError.IP_RULE_LIMIT);
    return show(store(body), base);
  }

  @Override
  void patch(Row row, ObjectNode body) {
    if (body.isEmpty()) {
      throw SimulatorError.IP_RULE_EMPTY_UPDATE.with();
    }
    checkDescription(body);
    if (body.has("cidr")) {
      checkCidr(body.get("cidr").asText(), row.text("ip_policy_id"), row.id());
    }
    merge(row, body);
  }

  /** A dashboard without a rule would let nobody in. */
  @Override
  void beforeDelete(Row row) {
    String policy = row.text("ip_policy_id");
    List<String> users = restrictions.ofDashboard(policy);
    boolean last =
        table.all().stream().filter(r -> r.text("ip_policy_id").equals(policy)).count() == 1;
    if (last && !users.isEmpty()) {
      throw SimulatorError.IP_RULE_LAST.with(row.id(), users.get(0));
    }
  }

  @Override
  ObjectNode render(Row row, String base) {
    ObjectNode view = head(row, base);
    copyPresent(row, view, "description", "metadata", "cidr", "action");
    String policy = row.text("ip_policy_id");
    view.set("ip_policy", Json.ref(policy, policies.uri(base, policy)));
    return view;
  }

  @Override
  ObjectNode stored(ObjectNode shown) {
    ObjectNode fields = super.stored(shown);
    storeReference(fields, "ip_policy", "ip_policy_id");
    return fields;
  }

  @Override
  ObjectNode filterView(Row row, String base) {
    return show(row, base).put("ip_policy", row.text("ip_policy_id"));
  }

  private static void checkDescription(ObjectNode body) {
    int length = body.path("description").asText("").getBytes(StandardCharsets.UTF_8).length;
    if (length > DESCRIPTION) {
      throw SimulatorError.IP_RULE_DESCRIPTION.with(DESCRIPTION, length);
    }
  }

  private void checkCidr(String cidr, String policy, String self) {
    if (Cidr.isAddress(cidr)) {
      throw SimulatorError.IP_RULE_MASK.with(cidr, Cidr.bits(cidr));
    }
    if (!Cidr.isValid(cidr)) {
      throw SimulatorError.IP_RULE_CIDR.with(cidr);
    }
    if (!Cidr.isLowest(cidr)) {
      throw SimulatorError.IP_RULE_LOWEST.with(cidr, Cidr.lowest(cidr));
    }
    boolean taken =
        table.any(
            row ->
                row.text("ip_policy_id").equals(policy)
                    && row.text("cidr").equals(cidr)
                    && !row.id().equals(self));
    if (taken) {
      throw SimulatorError.IP_RULE_EXISTS.with(cidr);
    }
  }
}
