package dev.clinicnet.operator.api.schema;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One requirement of a schema.
 *
 * @param path the field, for example {@code spec.domains[].name}; {@code .} is the object
 * @param kind {@code required}, {@code enum}, {@code maxLength} and so on, or {@code rule}
 * @param value the required value; for a rule, its message
 */
record Constraint(String path, String kind, String value) {

  /** Names the constraint; of a rule's message it takes the part that says what is wrong. */
  String key() {
    return kind.equals("rule")
        ? path + " rule: " + value.split("[,:(]", 2)[0].strip()
        : path + " " + kind;
  }

  /** All requirements of the schema, in the order of the paths. */
  static List<Constraint> of(JSONSchemaProps schema) {
    List<Constraint> found = new ArrayList<>();
    walk("", schema, found);
    return List.copyOf(found);
  }

  private static void walk(String path, JSONSchemaProps schema, List<Constraint> found) {
    String here = path.isEmpty() ? "." : path;
    if (schema.getEnum() != null && !schema.getEnum().isEmpty()) {
      found.add(
          new Constraint(
              here,
              "enum",
              schema.getEnum().stream().map(JsonNode::asText).collect(Collectors.joining(", "))));
    }
    add(found, here, "pattern", schema.getPattern());
    if ("date-time".equals(schema.getFormat())) {
      add(found, here, "format", schema.getFormat());
    }
    add(found, here, "minLength", schema.getMinLength());
    add(found, here, "maxLength", schema.getMaxLength());
    add(found, here, "minItems", schema.getMinItems());
    add(found, here, "maxItems", schema.getMaxItems());
    add(found, here, "maxProperties", schema.getMaxProperties());
    add(found, here, "minimum", schema.getMinimum());
    add(found, here, "maximum", schema.getMaximum());
    if ("map".equals(schema.getXKubernetesListType())) {
      add(found, here, "unique", String.join(", ", schema.getXKubernetesListMapKeys()));
    }
    for (ValidationRule rule : listOf(schema.getXKubernetesValidations())) {
      String blamed = rule.getFieldPath() == null ? here : (path + rule.getFieldPath());
      found.add(new Constraint(blamed.replaceFirst("^\\.(?=.)", ""), "rule", rule.getMessage()));
    }
    String prefix = path.isEmpty() ? "" : path + ".";
    for (String required : listOf(schema.getRequired())) {
      found.add(new Constraint(prefix + required, "required", "true"));
    }
    Map<String, JSONSchemaProps> properties = schema.getProperties();
    if (properties != null) {
      new TreeMap<>(properties).forEach((name, property) -> walk(prefix + name, property, found));
    }
    if (schema.getItems() != null) {
      walk(path + "[]", schema.getItems().getSchema(), found);
    }
  }

  private static void add(List<Constraint> found, String path, String kind, Object value) {
    if (value != null) {
      found.add(new Constraint(path, kind, value.toString()));
    }
  }

  private static <T> List<T> listOf(List<T> list) {
    return list == null ? List.of() : list;
  }
}
