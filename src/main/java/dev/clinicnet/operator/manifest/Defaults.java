package dev.clinicnet.operator.manifest;

import dev.clinicnet.operator.manifest.Node.Entry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An object as the API server completes it: without needless nulls, and with its defaults. */
final class Defaults {
  private Defaults() {}

  /** The completed tree. The position of a default is that of the object that gets it. */
  static Node complete(Node node, Schema schema) {
    return complete(node, Optional.of(schema));
  }

  private static Node complete(Node node, Optional<Schema> schema) {
    if (node instanceof Node.Sequence list) {
      Optional<Schema> items = schema.flatMap(Schema::items);
      List<Node> completed = new ArrayList<>();
      for (Node item : list.items()) {
        completed.add(complete(replaced(item, items).orElse(item), items));
      }
      return new Node.Sequence(list.position(), completed);
    }
    if (!(node instanceof Node.Mapping mapping)) {
      return node;
    }
    Map<String, Entry> completed = new LinkedHashMap<>();
    mapping
        .entries()
        .forEach(
            (key, entry) -> {
              Optional<Schema> value = schema.flatMap(s -> s.of(key));
              boolean needless = isNull(entry.value()) && value.map(Defaults::strict).orElse(false);
              if (!needless) {
                completed.put(
                    key, new Entry(key, entry.keyPosition(), complete(entry.value(), value)));
              }
            });
    schema.map(Schema::properties).orElse(Map.of()).entrySet().stream()
        .filter(property -> !completed.containsKey(property.getKey()))
        .forEach(
            property ->
                property
                    .getValue()
                    .defaultValue()
                    .map(value -> node(value, mapping.position()))
                    .map(value -> complete(value, Optional.of(property.getValue())))
                    .ifPresent(
                        value ->
                            completed.put(
                                property.getKey(),
                                new Entry(property.getKey(), mapping.position(), value))));
    return new Node.Mapping(mapping.position(), completed, List.of());
  }

  private static Optional<Node> replaced(Node item, Optional<Schema> schema) {
    return isNull(item) && schema.map(Defaults::strict).orElse(false)
        ? schema.flatMap(Schema::defaultValue).map(value -> node(value, item.position()))
        : Optional.empty();
  }

  private static boolean strict(Schema schema) {
    return !schema.isSet("nullable");
  }

  private static boolean isNull(Node node) {
    return node instanceof Node.Scalar scalar && scalar.value() == null;
  }

  /** A plain value as a part of a manifest. */
  static Node node(Object value, Position at) {
    if (value instanceof Map<?, ?> map) {
      Map<String, Entry> entries = new LinkedHashMap<>();
      map.forEach((k, v) -> entries.put(k.toString(), new Entry(k.toString(), at, node(v, at))));
      return new Node.Mapping(at, entries, List.of());
    }
    if (value instanceof List<?> list) {
      return new Node.Sequence(at, list.stream().map(item -> node(item, at)).toList());
    }
    return new Node.Scalar(at, value);
  }
}
