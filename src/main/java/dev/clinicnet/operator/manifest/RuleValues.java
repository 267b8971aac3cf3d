package dev.clinicnet.operator.manifest;

import dev.cel.common.values.NullValue;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The values that rules see. */
final class RuleValues {
  private RuleValues() {}

  /** The value of a node. Fields that the schema does not have keep their names. */
  static Object of(Node node, Optional<Schema> schema) {
    if (node instanceof Node.Mapping mapping) {
      return fields(mapping, schema);
    }
    if (node instanceof Node.Sequence list) {
      List<Object> items = new ArrayList<>();
      list.items().forEach(item -> items.add(of(item, schema.flatMap(Schema::items))));
      return items;
    }
    Object value = node.plain();
    if (value == null) {
      return NullValue.NULL_VALUE;
    }
    if (value instanceof Long number && type(schema).equals("number")) {
      return number.doubleValue();
    }
    boolean isTime = schema.flatMap(s -> s.text("format")).orElse("").equals("date-time");
    return value instanceof String text && isTime ? time(text) : value;
  }

  /** The value of the whole object. Of its metadata, rules see only the names. */
  static Object ofRoot(Node.Mapping root, Schema schema) {
    Map<String, Object> fields = fields(root, Optional.of(schema));
    Map<String, Object> metadata = new LinkedHashMap<>();
    for (String name : List.of("name", "generateName")) {
      root.text("metadata", name).ifPresent(value -> metadata.put(name, value));
    }
    fields.put("metadata", metadata);
    return fields;
  }

  private static Map<String, Object> fields(Node.Mapping mapping, Optional<Schema> schema) {
    Map<String, Object> fields = new LinkedHashMap<>();
    Map<String, Schema> named = schema.map(Schema::properties).orElse(Map.of());
    mapping
        .entries()
        .forEach(
            (key, entry) ->
                fields.put(
                    named.containsKey(key) ? RuleNames.escaped(key) : key,
                    of(entry.value(), schema.flatMap(s -> s.of(key)))));
    return fields;
  }

  private static String type(Optional<Schema> schema) {
    return schema.map(Schema::type).orElse("");
  }

  private static Object time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException refusedElsewhere) {
      return text;
    }
  }
}
