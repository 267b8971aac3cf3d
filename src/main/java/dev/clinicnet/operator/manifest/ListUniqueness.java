package dev.clinicnet.operator.manifest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks that lists which are sets, or maps by some of their fields, have no entry twice. */
final class ListUniqueness {
  private final List<Violation> violations = new ArrayList<>();

  private ListUniqueness() {}

  static List<Violation> of(Node root, Schema schema) {
    ListUniqueness uniqueness = new ListUniqueness();
    uniqueness.check("", root, schema);
    return uniqueness.violations;
  }

  private void check(String path, Node node, Schema schema) {
    if (node instanceof Node.Mapping mapping) {
      mapping
          .entries()
          .forEach(
              (key, entry) -> {
                boolean named = schema.properties().containsKey(key);
                String below = named ? Paths.child(path, key) : Paths.key(path, key);
                schema.of(key).ifPresent(s -> check(below, entry.value(), s));
              });
    } else if (node instanceof Node.Sequence list) {
      checkList(path, list, schema);
      for (int i = 0; i < list.items().size() && schema.items().isPresent(); i++) {
        check(Paths.index(path, i), list.items().get(i), schema.items().get());
      }
    }
  }

  private void checkList(String path, Node.Sequence list, Schema schema) {
    String type = schema.text("x-kubernetes-list-type").orElse("atomic");
    if (type.equals("atomic")) {
      return;
    }
    Optional<Integer> wrong = type.equals("map") ? firstThatIsNoObject(list) : Optional.empty();
    if (wrong.isPresent()) {
      Node item = list.items().get(wrong.get());
      violations.add(
          Violation.of(
              ViolationType.INVALID,
              Paths.index(path, wrong.get()),
              item.position(),
              item.plain(),
              "must be an object for an array of list-type map"));
      return;
    }
    List<?> keys = schema.list("x-kubernetes-list-map-keys");
    Map<Object, Integer> times = new HashMap<>();
    for (int i = 0; i < list.items().size(); i++) {
      Node item = list.items().get(i);
      Object value = type.equals("map") ? key(item, keys) : item.plain();
      // Only the second entry is named. More names would not help.
      if (times.merge(value, 1, Integer::sum) == 2) {
        violations.add(
            Violation.of(
                ViolationType.DUPLICATE, Paths.index(path, i), item.position(), value, ""));
      }
    }
  }

  private static Optional<Integer> firstThatIsNoObject(Node.Sequence list) {
    for (int i = 0; i < list.items().size(); i++) {
      Node item = list.items().get(i);
      if (!(item instanceof Node.Mapping) && item.plain() != null) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }

  private static Object key(Node item, List<?> keys) {
    Map<String, Object> key = new LinkedHashMap<>();
    for (Object field : keys) {
      item.field(field.toString()).ifPresent(node -> key.put(field.toString(), node.plain()));
    }
    return key;
  }
}
