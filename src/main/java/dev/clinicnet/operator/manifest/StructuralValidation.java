package dev.clinicnet.operator.manifest;

import com.fasterxml.jackson.databind.node.NullNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks types and limits of values, as OpenAPI defines them. */
final class StructuralValidation {
  /** The text in place of a value of which only the type matters. */
  private static final Map<Class<?>, Object> EMPTY =
      Map.of(Node.Mapping.class, Map.of(), Node.Sequence.class, List.of());

  private final List<Violation> violations = new ArrayList<>();

  private StructuralValidation() {}

  /** The violations of an object. */
  static List<Violation> of(Node root, Schema schema) {
    return of("", root, schema);
  }

  /** The violations of a part of an object. */
  static List<Violation> of(String path, Node node, Schema schema) {
    StructuralValidation validation = new StructuralValidation();
    validation.check(path, node, schema);
    return validation.violations;
  }

  private void check(String path, Node node, Schema schema) {
    Object value = node instanceof Node.Scalar scalar ? scalar.value() : EMPTY.get(node.getClass());
    checkType(path, node, value, schema);
    if (value instanceof String text) {
      violations.addAll(TextLimits.violations(path, node, text, schema));
    } else if (value instanceof Number number) {
      violations.addAll(NumberLimits.violations(path, node, number, schema));
    } else if (node instanceof Node.Sequence list) {
      checkItems(path, list, schema);
    }
    checkEnum(path, node, value, schema);
    if (node instanceof Node.Mapping mapping) {
      checkFields(path, mapping, schema);
    }
  }

  private void checkType(String path, Node node, Object value, Schema schema) {
    String types = schema.type();
    if (types.isEmpty() || (value == null && schema.isSet("nullable"))) {
      return;
    }
    String actual = typeOf(value);
    boolean fits = false;
    for (String type : types.split(",", -1)) {
      fits |= type.equals(actual) || (type.equals("number") && actual.equals("integer"));
    }
    if (!fits) {
      String wanted = schema.text("format").filter(f -> isFormatted(types, value, f)).orElse(types);
      String has = wanted.equals(types) ? actual : formatOf(value);
      add(
          Violation.of(
              ViolationType.TYPE_INVALID,
              path(path),
              node.position(),
              has,
              path + " in body must be of type " + wanted + ": \"" + has + "\""));
    }
  }

  /** In this case, the API server names the format and not the type. */
  private static boolean isFormatted(String types, Object value, String format) {
    return value != null
        && !(value instanceof String)
        && !(value instanceof List)
        && Formats.isKnown(types, format);
  }

  private static String formatOf(Object value) {
    return value instanceof Long ? "int64" : value instanceof Double ? "float64" : "";
  }

  private static String typeOf(Object value) {
    if (value == null) {
      return "null";
    }
    if (value instanceof String) {
      return "string";
    }
    if (value instanceof Boolean) {
      return "boolean";
    }
    if (value instanceof Long) {
      return "integer";
    }
    if (value instanceof Number) {
      return "number";
    }
    return value instanceof List ? "array" : "object";
  }

  private void checkEnum(String path, Node node, Object value, Schema schema) {
    List<?> allowed = schema.list("enum");
    if (!allowed.isEmpty() && !allowed.contains(value)) {
      List<String> quoted = allowed.stream().map(a -> Violation.quoted(a.toString())).toList();
      add(
          Violation.of(
              ViolationType.NOT_SUPPORTED,
              path(path),
              node.position(),
              value == null ? NullNode.getInstance() : node.plain(),
              "supported values: " + String.join(", ", quoted)));
    }
  }

  private void checkItems(String path, Node.Sequence list, Schema schema) {
    int size = list.items().size();
    Optional<Schema> items = schema.items();
    for (int i = 0; i < size && items.isPresent(); i++) {
      check(Paths.index(path, i), list.items().get(i), items.get());
    }
    schema
        .number("minItems")
        .filter(least -> size < least.longValue())
        .ifPresent(
            least ->
                add(invalid(path, list, (long) size, "should have at least " + least + " items")));
    schema
        .number("maxItems")
        .filter(most -> size > most.longValue())
        .ifPresent(most -> add(tooMany(path, list, size, most)));
    if (schema.isSet("uniqueItems")
        && list.items().stream().map(Node::plain).distinct().count() < size) {
      add(invalid(path, list, "", "shouldn't contain duplicates"));
    }
  }

  private void checkFields(String path, Node.Mapping mapping, Schema schema) {
    int size = mapping.entries().size();
    schema
        .number("minProperties")
        .filter(least -> size < least.longValue())
        .ifPresent(
            least ->
                add(
                    invalid(
                        path,
                        mapping,
                        (long) size,
                        "should have at least " + least + " properties")));
    schema
        .number("maxProperties")
        .filter(most -> size > most.longValue())
        .ifPresent(most -> add(tooMany(path, mapping, size, most)));
    mapping
        .entries()
        .forEach(
            (key, entry) ->
                schema.of(key).ifPresent(s -> check(Paths.child(path, key), entry.value(), s)));
    for (Object required : schema.list("required")) {
      if (!mapping.entries().containsKey(required)) {
        String field = Paths.child(path, required.toString());
        add(Violation.of(ViolationType.REQUIRED, field, mapping.position(), ""));
      }
    }
  }

  private static Violation tooMany(String path, Node node, int size, Number most) {
    String items = most.longValue() == 1 ? "item" : "items";
    return Violation.of(
        ViolationType.TOO_MANY,
        path(path),
        node.position(),
        (long) size,
        "must have at most " + most + " " + items);
  }

  private static Violation invalid(String path, Node node, Object value, String words) {
    return Violation.of(
        ViolationType.INVALID, path(path), node.position(), value, path + " in body " + words);
  }

  private static String path(String path) {
    return path.isEmpty() ? Violation.ROOT : path;
  }

  private void add(Violation violation) {
    violations.add(violation);
  }
}
