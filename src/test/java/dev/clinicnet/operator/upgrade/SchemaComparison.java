package dev.clinicnet.operator.upgrade;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The places at which a schema admits less than an older one, drops more, or has another meaning.
 */
final class SchemaComparison {
  private static final List<String> UPPER_BOUNDS =
      List.of("maximum", "maxLength", "maxItems", "maxProperties");
  private static final List<String> LOWER_BOUNDS =
      List.of("minimum", "minLength", "minItems", "minProperties");

  /** Keywords that admit less when they are present, or with another value. */
  private static final List<String> CONDITIONS =
      List.of("pattern", "format", "multipleOf", "allOf", "anyOf", "oneOf", "not");

  private static final List<String> TIGHTENING =
      List.of("exclusiveMaximum", "exclusiveMinimum", "uniqueItems");
  private static final List<String> LOOSENING =
      List.of("nullable", "x-kubernetes-preserve-unknown-fields", "x-kubernetes-int-or-string");

  /** Keywords that must not change, because defaults and merges depend on them. */
  private static final List<String> MEANING =
      List.of(
          "default",
          "x-kubernetes-list-type",
          "x-kubernetes-list-map-keys",
          "x-kubernetes-map-type");

  private static final Pattern FIELD = Pattern.compile("\\bself\\.\\??([A-Za-z_][A-Za-z0-9_]*)");

  /** A rule that an object without this field fulfils. */
  private static final Pattern WITHOUT = Pattern.compile("!has\\(self\\.(\\w+)\\) \\|\\| ");

  private final List<String> breaks = new ArrayList<>();

  private SchemaComparison() {}

  /** The breaks, each with its place, such as {@code spec.domains[].name}. */
  static List<String> breaks(JsonNode before, JsonNode after) {
    SchemaComparison comparison = new SchemaComparison();
    comparison.compare("", before, after);
    return comparison.breaks;
  }

  private void compare(String place, JsonNode before, JsonNode after) {
    if (!before.path("type").equals(after.path("type"))) {
      changed(place, "type", before, after);
      return;
    }
    bounds(place, before, after);
    CONDITIONS.stream()
        .filter(name -> after.has(name) && !after.get(name).equals(before.path(name)))
        .forEach(name -> changed(place, name, before, after));
    TIGHTENING.stream()
        .filter(name -> after.path(name).asBoolean() && !before.path(name).asBoolean())
        .forEach(name -> changed(place, name, before, after));
    LOOSENING.stream()
        .filter(name -> before.path(name).asBoolean() && !after.path(name).asBoolean())
        .forEach(name -> changed(place, name, before, after));
    MEANING.stream()
        .filter(name -> !before.path(name).equals(after.path(name)))
        .forEach(name -> changed(place, name, before, after));
    values(place, before, after);
    required(place, before, after);
    rules(place, before, after);
    children(place, before, after);
  }

  private void bounds(String place, JsonNode before, JsonNode after) {
    UPPER_BOUNDS.stream()
        .filter(name -> after.has(name))
        .filter(
            name ->
                !before.has(name)
                    || after.get(name).decimalValue().compareTo(before.get(name).decimalValue())
                        < 0)
        .forEach(name -> changed(place, name, before, after));
    LOWER_BOUNDS.stream()
        .filter(name -> after.has(name))
        .filter(
            name ->
                !before.has(name)
                    || after.get(name).decimalValue().compareTo(before.get(name).decimalValue())
                        > 0)
        .forEach(name -> changed(place, name, before, after));
  }

  private void values(String place, JsonNode before, JsonNode after) {
    if (!after.has("enum")) {
      return;
    }
    if (!before.has("enum")) {
      changed(place, "enum", before, after);
    }
    Set<JsonNode> allowed = set(after.get("enum"));
    for (JsonNode value : before.path("enum")) {
      if (!allowed.contains(value)) {
        add(place, value + " is gone from enum");
      }
    }
  }

  private void required(String place, JsonNode before, JsonNode after) {
    Set<JsonNode> asked = set(before.path("required"));
    for (JsonNode name : after.path("required")) {
      // A default is filled in before anything is asked for.
      if (!asked.contains(name) && !after.path("properties").path(name.asText()).has("default")) {
        add(place, name.asText() + " is required");
      }
    }
  }

  private void rules(String place, JsonNode before, JsonNode after) {
    Set<String> known = new HashSet<>();
    before.path("x-kubernetes-validations").forEach(rule -> known.add(text(rule)));
    for (JsonNode rule : after.path("x-kubernetes-validations")) {
      // A rule that may refuse stored objects is trusted if it takes the old object into account.
      boolean spares = rule.path("optionalOldSelf").asBoolean();
      boolean loosened = known.stream().anyMatch(old -> admitsMore(text(rule), old));
      if (!known.contains(text(rule))
          && !loosened
          && !spares
          && !isAboutNewFields(text(rule), before)) {
        add(place, "there is a new rule: " + text(rule));
      }
    }
  }

  /** {@code something || old}: the new rule accepts everything that the old one accepted. */
  private static boolean admitsMore(String rule, String old) {
    String end = " || " + (old.contains(" ? ") ? "(" + old + ")" : old);
    return rule.endsWith(end) && !rule.substring(0, rule.length() - end.length()).contains(" ? ");
  }

  /** The rule names only fields that were not there before, or asks for nothing without one. */
  private static boolean isAboutNewFields(String rule, JsonNode before) {
    Matcher without = WITHOUT.matcher(rule);
    if (without.lookingAt()
        && !rule.contains(" ? ")
        && before.has("properties")
        && !before.path("properties").has(without.group(1))) {
      return true;
    }
    Set<String> fields = new HashSet<>();
    Matcher matcher = FIELD.matcher(rule);
    while (matcher.find()) {
      fields.add(matcher.group(1));
    }
    return before.has("properties")
        && !fields.isEmpty()
        && fields.stream().noneMatch(before.path("properties")::has);
  }

  private static String text(JsonNode rule) {
    return rule.path("rule").asText().strip().replaceAll("\\s+", " ");
  }

  private void children(String place, JsonNode before, JsonNode after) {
    for (Map.Entry<String, JsonNode> property : before.path("properties").properties()) {
      String where = place.isEmpty() ? property.getKey() : place + "." + property.getKey();
      if (after.path("properties").has(property.getKey())) {
        compare(where, property.getValue(), after.path("properties").get(property.getKey()));
      } else {
        add(where, "it is gone");
      }
    }
    if (before.has("items")) {
      compare(place + "[]", before.get("items"), after.path("items"));
    }
    JsonNode values = before.path("additionalProperties");
    if (values.isObject() && after.path("additionalProperties").isObject()) {
      compare(place + ".*", values, after.get("additionalProperties"));
    } else if (!values.isMissingNode() && !values.equals(after.path("additionalProperties"))) {
      changed(place, "additionalProperties", before, after);
    }
  }

  private void changed(String place, String name, JsonNode before, JsonNode after) {
    add(place, name + " is " + shown(after, name) + ", was " + shown(before, name));
  }

  private static String shown(JsonNode schema, String name) {
    return schema.has(name) ? schema.get(name).toString() : "absent";
  }

  private static Set<JsonNode> set(JsonNode array) {
    Set<JsonNode> values = new HashSet<>();
    array.forEach(values::add);
    return values;
  }

  private void add(String place, String found) {
    breaks.add((place.isEmpty() ? "the object" : place) + ": " + found);
  }
}
