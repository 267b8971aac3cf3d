package dev.clinicnet.operator.traffic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A fault that somebody might build into the policies, planted in one that is right. */
record PlantedFault(String name, UnaryOperator<JsonNode> plant) {

  /** All faults. */
  static List<PlantedFault> all() {
    List<PlantedFault> faults = new ArrayList<>();
    for (String rule :
        List.of(
            "restrict addresses",
            "restrict certificates",
            "restrict rate",
            "deny ambiguous paths",
            "deny paths not listed",
            "restrict login",
            "deny other users",
            "no delete")) {
      faults.add(new PlantedFault("without: " + rule, policy -> without(policy, rule)));
    }
    for (int first = 1; first < StagePair.STAGES.size(); first++) {
      StagePair pair = new StagePair(first);
      faults.add(new PlantedFault("swapped: " + pair, policy -> SwappedStages.of(policy, pair)));
    }
    faults.add(edited("allow one bit wider", rule -> prefixes(rule, "allow", -1)));
    faults.add(edited("allow one bit narrower", rule -> prefixes(rule, "allow", 1)));
    faults.add(edited("deny one bit narrower", rule -> prefixes(rule, "deny", 1)));
    faults.add(edited("no deny list", rule -> config(rule).remove("deny")));
    faults.add(edited("no IP policies", rule -> config(rule).remove("ip_policies")));
    faults.add(
        new PlantedFault(
            "any certificate",
            policy -> replaced(policy, "\"require-and-verify\"", "\"require-any\"")));
    faults.add(
        new PlantedFault(
            "certificates on request",
            policy -> replaced(policy, "\"require-any\"", "\"request\"")));
    faults.add(edited("one more request", rule -> plus(config(rule), "capacity")));
    faults.add(
        new PlantedFault(
            "counted by host", policy -> replaced(policy, "\"conn.client_ip\"", "\"req.host\"")));
    faults.add(
        new PlantedFault(
            "counted by client", policy -> replaced(policy, "\"req.host\"", "\"conn.client_ip\"")));
    faults.add(
        new PlantedFault(
            "domains without @", policy -> replaced(policy, "endsWith('@", "endsWith('")));
    faults.add(
        new PlantedFault(
            "addresses by their end",
            policy ->
                policy(policy.toString().replaceAll("email == ('[^']+')", "email.endsWith($1)"))));
    faults.add(
        new PlantedFault(
            "domains anywhere", policy -> replaced(policy, "email.endsWith(", "email.contains(")));
    faults.add(
        new PlantedFault(
            "paths by their beginning",
            policy ->
                policy(
                    policy
                        .toString()
                        .replaceAll("startsWith\\('([^']+)/'\\)", "startsWith('$1')"))));
    faults.add(
        new PlantedFault(
            "paths in any case",
            policy -> replaced(policy, "req.url.path", "req.url.path.lowerAscii()")));
    faults.add(new PlantedFault("and for or", policy -> replaced(policy, " || ", " && ")));
    faults.add(new PlantedFault("or for and", PlantedFault::orForAnd));
    faults.add(edited("any audience", rule -> config(rule).remove("audience")));
    return faults;
  }

  @Override
  public String toString() {
    return name;
  }

  private static PlantedFault edited(String name, Consumer<ObjectNode> edit) {
    return new PlantedFault(
        name,
        policy -> {
          JsonNode copy = policy.deepCopy();
          copy.forEach(phase -> phase.forEach(rule -> edit.accept((ObjectNode) rule)));
          return copy;
        });
  }

  private static JsonNode without(JsonNode policy, String name) {
    JsonNode copy = policy.deepCopy();
    for (JsonNode phase : copy) {
      ArrayNode rules = (ArrayNode) phase;
      for (int i = rules.size() - 1; i >= 0; i--) {
        if (rules.get(i).path("name").asText().equals(name)) {
          rules.remove(i);
        }
      }
    }
    return copy;
  }

  /** A client that is a user or asks for a listed path is forwarded, and no earlier rule denies. */
  private static JsonNode orForAnd(JsonNode policy) {
    JsonNode copy = policy.deepCopy();
    boolean changed = false;
    for (JsonNode rule : copy.path("on_http_request")) {
      JsonNode conditions = rule.path("expressions");
      if (rule.path("name").asText().equals("forward what is allowed") && conditions.size() == 2) {
        String either =
            "(" + conditions.get(0).asText() + ") || (" + conditions.get(1).asText() + ")";
        ((ArrayNode) conditions).removeAll().add(either);
        changed = true;
      }
    }
    return changed ? without(without(copy, "deny paths not listed"), "deny other users") : policy;
  }

  /** The config of our rule. For any other rule, a value that is not read. */
  private static ObjectNode config(ObjectNode rule) {
    return rule.path("name").asText().startsWith("restrict ")
        ? (ObjectNode) rule.at("/actions/0/config")
        : rule.objectNode();
  }

  private static void prefixes(ObjectNode rule, String list, int by) {
    ObjectNode config = config(rule);
    if (config.has(list) && config.get(list).isArray()) {
      ArrayNode networks = config.putArray(list + "ed");
      for (JsonNode network : config.get(list)) {
        networks.add(prefix(network.asText(), by));
      }
      config.set(list, config.remove(list + "ed"));
    }
  }

  private static String prefix(String network, int by) {
    int slash = network.indexOf('/');
    int length = Integer.parseInt(network.substring(slash + 1)) + by;
    int longest = network.indexOf(':') < 0 ? 32 : 128;
    return network.substring(0, slash + 1) + Math.max(0, Math.min(longest, length));
  }

  private static void plus(ObjectNode config, String field) {
    if (config.has(field)) {
      config.put(field, config.get(field).asLong() + 1);
    }
  }

  private static JsonNode replaced(JsonNode policy, String part, String other) {
    return policy(policy.toString().replace(part, other));
  }

  private static JsonNode policy(String text) {
    return PublishedService.tree(text);
  }
}
