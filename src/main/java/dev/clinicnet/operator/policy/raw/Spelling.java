package dev.clinicnet.operator.policy.raw;

import dev.clinicnet.operator.policy.Cidr;
import dev.clinicnet.operator.suggestion.NearestName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * Writes a config in the documented form, because public policies often use a shorter one. The
 * check sees the config that is sent. A value of an unknown form stays as it is.
 */
final class Spelling {

  private static final String VARS = "vars";
  private static final String USER = "username";
  private static final String PASSWORD = "password";

  private Spelling() {}

  /**
   * The config as it is sent, with a warning where the form is not documented.
   *
   * @param written null for none
   */
  static Map<String, Object> sent(String action, Map<?, ?> written, Place place) {
    Map<String, Object> config = new LinkedHashMap<>();
    if (written != null) {
      written.forEach((name, value) -> config.put(String.valueOf(name), value));
    }
    ActionType type = ActionCatalogue.find(action);
    if (type == null || type.fields() == null) {
      return config;
    }
    if (action.equals("set-vars") && holdsVariables(config)) {
      Map<String, Object> variables = new LinkedHashMap<>(config);
      config.clear();
      config.put(VARS, variables);
      place.warn("ngrok documents the field vars: what is here is sent as vars");
    }
    type.defaults().forEach(config::putIfAbsent);
    config.replaceAll((name, value) -> field(type.fields().get(name), name, value, place));
    return config;
  }

  private static Object field(FieldType type, String name, Object value, Place outer) {
    Place place = outer.field(name);
    if (type == null || value == null) {
      return value;
    }
    if (name.equals(VARS)) {
      return variables(value);
    }
    if (type.of() == null) {
      return value;
    }
    if (type.single() && value instanceof String) {
      place.warn("ngrok documents a list: it is sent as a list of one");
      return List.of(value);
    }
    if (value instanceof List<?> list && type.of().type().equals("network")) {
      return each(list, place, Spelling::network);
    }
    if (value instanceof List<?> list && name.equals("credentials")) {
      return each(list, place, Spelling::credential);
    }
    return value instanceof Map<?, ?> map && name.equals("headers") ? texts(map, place) : value;
  }

  private static List<Object> each(
      List<?> list, Place place, BiFunction<Object, Place, Object> entry) {
    List<Object> all = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      all.add(entry.apply(list.get(i), place.item(i)));
    }
    return all;
  }

  /**
   * Whether the variables of a set-vars action are directly in its config. A mistyped {@code vars}
   * is not a variable.
   */
  private static boolean holdsVariables(Map<String, Object> config) {
    return !config.isEmpty()
        && config.keySet().stream()
            .noneMatch(name -> NearestName.of(name, Set.of(VARS), 1).isPresent());
  }

  private static Object network(Object value, Place place) {
    if (value instanceof String text && !Interpolations.in(text)) {
      String network = Cidr.ofAddress(text).orElse(text);
      if (!network.equals(text)) {
        place.warn("\"%s\" is one address: it is sent as %s".formatted(text, network));
      }
      return network;
    }
    return value;
  }

  /** A user name with a colon cannot be sent, because the colon would end it. */
  private static Object credential(Object value, Place place) {
    if (value instanceof Map<?, ?> pair
        && pair.keySet().equals(Set.of(USER, PASSWORD))
        && pair.get(USER) instanceof String user
        && pair.get(PASSWORD) instanceof String password
        && !Interpolations.without(user).contains(":")) {
      place.warn("ngrok documents one text: it is sent as user:password");
      return user + ":" + password;
    }
    return value;
  }

  /** The variables as ngrok wants them: each one is an entry of its own. */
  private static Object variables(Object value) {
    List<Object> single = new ArrayList<>();
    for (Object entry : value instanceof List<?> list ? list : List.of(value)) {
      if (entry instanceof Map<?, ?> map && !map.isEmpty()) {
        map.forEach(
            (name, content) -> {
              Map<Object, Object> one = new LinkedHashMap<>();
              one.put(name, content);
              single.add(one);
            });
      } else {
        single.add(entry);
      }
    }
    return value instanceof List || value instanceof Map ? single : value;
  }

  private static Map<Object, Object> texts(Map<?, ?> headers, Place place) {
    Map<Object, Object> texts = new LinkedHashMap<>();
    headers.forEach(
        (name, value) -> {
          boolean isText = !(value instanceof Number || value instanceof Boolean);
          texts.put(name, isText ? value : String.valueOf(value));
          if (!isText) {
            place
                .field(String.valueOf(name))
                .warn(
                    value instanceof Number
                        ? "is sent as text: put it in quotes, \"" + value + "\""
                        : "is sent as the text \"" + value + "\": put what you wrote in quotes");
          }
        });
    return texts;
  }
}
