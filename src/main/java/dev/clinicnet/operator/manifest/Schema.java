package dev.clinicnet.operator.manifest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A structural schema of a CustomResourceDefinition. */
final class Schema {
  private static final Set<String> KNOWN =
      Set.of(
          "additionalProperties",
          "default",
          "description",
          "enum",
          "example",
          "exclusiveMaximum",
          "exclusiveMinimum",
          "externalDocs",
          "format",
          "items",
          "maxItems",
          "maxLength",
          "maxProperties",
          "maximum",
          "minItems",
          "minLength",
          "minProperties",
          "minimum",
          "multipleOf",
          "nullable",
          "pattern",
          "properties",
          "required",
          "title",
          "type",
          "uniqueItems",
          "x-kubernetes-int-or-string",
          "x-kubernetes-list-map-keys",
          "x-kubernetes-list-type",
          "x-kubernetes-map-type",
          "x-kubernetes-preserve-unknown-fields",
          "x-kubernetes-validations");

  private final Map<?, ?> keywords;
  private final Map<String, Schema> properties = new LinkedHashMap<>();
  private final Optional<Schema> items;
  private final Optional<Schema> additional;
  private final List<Rule> rules;

  private Schema(String path, Map<?, ?> keywords) {
    this.keywords = keywords;
    for (Object keyword : keywords.keySet()) {
      boolean known = KNOWN.contains(keyword) || (keyword.equals("anyOf") && isIntOrString());
      if (!known) {
        throw new IllegalArgumentException(path + ": the keyword " + keyword + " is not supported");
      }
    }
    if (keywords.get("properties") instanceof Map<?, ?> map) {
      map.forEach((k, v) -> properties.put(k.toString(), of(path + "." + k, v).orElseThrow()));
    }
    this.items = of(path + "[]", keywords.get("items"));
    this.additional = of(path + ".*", keywords.get("additionalProperties"));
    this.rules =
        list("x-kubernetes-validations").stream().map(rule -> Rule.of((Map<?, ?>) rule)).toList();
  }

  /**
   * A schema.
   *
   * @throws IllegalArgumentException whose message names a keyword that would be ignored
   */
  static Schema of(Map<?, ?> keywords) {
    return new Schema("", keywords);
  }

  private static Optional<Schema> of(String path, Object keywords) {
    return keywords instanceof Map<?, ?> map
        ? Optional.of(new Schema(path, map))
        : Optional.empty();
  }

  /** The schemas of the named keys. */
  Map<String, Schema> properties() {
    return properties;
  }

  /** The schema of a list's items. */
  Optional<Schema> items() {
    return items;
  }

  /** The schema of the values of a map. */
  Optional<Schema> additional() {
    return additional;
  }

  /** The schema of the value of a key. */
  Optional<Schema> of(String key) {
    return Optional.ofNullable(properties.get(key)).or(() -> additional);
  }

  /** The schema at a path such as {@code spec.domains[1].name}. */
  Optional<Schema> at(String path) {
    Optional<Schema> schema = Optional.of(this);
    for (String step : path.replace("[", ".[").split("\\.", -1)) {
      if (!step.isEmpty()) {
        schema = schema.flatMap(s -> step.startsWith("[") ? s.items() : s.of(step));
      }
    }
    return schema;
  }

  List<Rule> rules() {
    return rules;
  }

  /** The type, {@code integer,string} for both; empty for any. */
  String type() {
    return isIntOrString() ? "integer,string" : text("type").orElse("");
  }

  boolean isIntOrString() {
    return isSet("x-kubernetes-int-or-string");
  }

  boolean isSet(String keyword) {
    return Boolean.TRUE.equals(keywords.get(keyword));
  }

  Optional<String> text(String keyword) {
    return Optional.ofNullable((String) keywords.get(keyword));
  }

  Optional<Number> number(String keyword) {
    return Optional.ofNullable((Number) keywords.get(keyword));
  }

  List<?> list(String keyword) {
    return keywords.get(keyword) instanceof List<?> list ? list : List.of();
  }

  /** The default of a field. */
  Optional<Object> defaultValue() {
    return Optional.ofNullable(keywords.get("default"));
  }
}
