package dev.clinicnet.operator.policy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * One action of a rule. Its config is a tree of maps, lists and scalars, kept with sorted keys: the
 * order in which a manifest or an API server happened to list them must not change a policy's hash.
 */
public record Action(String type, Map<String, Object> config) {
  /** The type of the action that leads to an internal endpoint. */
  static final String FORWARD = "forward-internal";

  public Action {
    Objects.requireNonNull(type, "type");
    config = sorted(config);
  }

  /**
   * Whether actions after this one do not run. ngrok documents this for these four only, not for
   * redirect.
   */
  public boolean terminates() {
    return switch (type) {
      case "deny", "close-connection", "custom-response" -> true;
      // With on_error: continue the next rule runs when the target does not answer.
      case FORWARD -> !"continue".equals(config.get("on_error"));
      default -> false;
    };
  }

  /** Whether it leads to an internal endpoint. */
  public boolean forwards() {
    return type.equals(FORWARD);
  }

  Map<String, Object> tree() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("type", type);
    if (!config.isEmpty()) {
      tree.put("config", config);
    }
    return tree;
  }

  private static Map<String, Object> sorted(Map<?, ?> map) {
    Map<String, Object> copy = new TreeMap<>();
    map.forEach((key, value) -> copy.put((String) key, frozen(value)));
    return Collections.unmodifiableMap(copy);
  }

  private static Object frozen(Object value) {
    if (value instanceof Map<?, ?> map) {
      return sorted(map);
    }
    if (value instanceof List<?> list) {
      List<Object> copy = new ArrayList<>();
      list.forEach(item -> copy.add(frozen(item)));
      return Collections.unmodifiableList(copy);
    }
    if (value == null
        || value instanceof String
        || value instanceof Number
        || value instanceof Boolean) {
      return value;
    }
    throw new IllegalArgumentException(
        "an action's config holds maps, lists and scalars, not " + value.getClass().getName());
  }
}
