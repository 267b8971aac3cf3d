package dev.clinicnet.operator.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Compares policies that people wrote by hand with those that the operator makes. Two policies have
 * the same effect if they differ only in the names of rules, in values that are the documented
 * default, in the order of networks, and in how actions without a condition are spread over rules.
 * Everything else counts as a difference, because a wrong guess would let clients in.
 */
public final class PolicyForm {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private PolicyForm() {}

  /**
   * Whether two texts have the same effect.
   *
   * @param byHand as the platform lists it; null for none. A text that cannot be read has the
   *     effect of no other
   */
  public static boolean sameEffect(String byHand, String made) {
    if (byHand == null) {
      return false;
    }
    Optional<JsonNode> left = PolicyText.read(byHand).filter(JsonNode::isObject);
    Optional<JsonNode> right = PolicyText.read(made).filter(JsonNode::isObject);
    return left.isPresent()
        && right.isPresent()
        && PolicyText.sameMeaning(normal(left.get()).toString(), normal(right.get()).toString());
  }

  private static ObjectNode normal(JsonNode policy) {
    ObjectNode normal = NODES.objectNode();
    policy
        .properties()
        .forEach(
            phase -> {
              JsonNode rules = phase.getValue();
              if (!rules.isArray()) {
                normal.set(phase.getKey(), rules);
              } else if (!rules.isEmpty()) {
                normal.set(phase.getKey(), rules(rules));
              }
            });
    return normal;
  }

  private static ArrayNode rules(JsonNode rules) {
    ArrayNode normal = NODES.arrayNode();
    for (JsonNode rule : rules) {
      ObjectNode other = rule.isObject() ? rule.deepCopy() : NODES.objectNode();
      other.remove("name");
      JsonNode actions = other.path("actions");
      if (!rule.isObject() || !actions.isArray()) {
        normal.add(rule);
      } else if (other.path("expressions").isEmpty()) {
        // Such a rule is certain to run, so its actions may stand in rules of their own.
        other.remove("expressions");
        for (JsonNode action : actions) {
          normal.add(other.deepCopy().set("actions", NODES.arrayNode().add(action(action))));
        }
      } else {
        ArrayNode all = NODES.arrayNode();
        actions.forEach(action -> all.add(action(action)));
        normal.add(other.set("actions", all));
      }
    }
    return normal;
  }

  private static JsonNode action(JsonNode action) {
    if (!action.isObject() || !(action.path("config") instanceof ObjectNode given)) {
      return action;
    }
    ObjectNode config = given.deepCopy();
    switch (action.path("type").asText()) {
      case "deny" -> dropDefault(config, "status_code", "403");
      case Action.FORWARD -> {
        dropDefault(config, "on_error", "halt");
        if (config.path("url").isTextual()) {
          config.put("url", url(config.path("url").asText()));
        }
      }
      case "restrict-ips" -> {
        dropDefault(config, "enforce", "true");
        for (String list : new String[] {"allow", "deny"}) {
          networks(config, list);
        }
      }
      default -> {
        // The defaults of other actions are not compared.
      }
    }
    ObjectNode normal = action.deepCopy();
    normal.remove("config");
    return config.isEmpty() ? normal : normal.set("config", config);
  }

  /** A URL as ngrok lists endpoints: in lower case, without the default port of its scheme. */
  private static String url(String text) {
    String lower = text.contains("${") ? text : text.toLowerCase(Locale.ROOT);
    return lower.replaceFirst("^(https://[^:/]+|tls://[^:/]+):443$|^(http://[^:/]+):80$", "$1$2");
  }

  private static void dropDefault(ObjectNode config, String field, String usual) {
    if (config.path(field).isValueNode() && config.path(field).asText().equals(usual)) {
      config.remove(field);
    }
  }

  private static void networks(ObjectNode config, String field) {
    if (!(config.path(field) instanceof ArrayNode list)) {
      return;
    }
    TreeSet<String> sorted = new TreeSet<>();
    list.forEach(network -> sorted.add(network(network.asText())));
    if (sorted.isEmpty() && field.equals("deny")) {
      config.remove(field);
      return;
    }
    ArrayNode all = NODES.arrayNode();
    sorted.forEach(all::add);
    config.set(field, all);
  }

  private static String network(String text) {
    try {
      return Cidr.parse(text).toString();
    } catch (IllegalArgumentException another) {
      return text;
    }
  }
}
