package dev.clinicnet.operator.manifest;

import dev.cel.runtime.CelEvaluationException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks the rules of {@code x-kubernetes-validations} at every value that has rules. */
final class RuleValidation {
  private static final int LONGEST_MESSAGE = 5 * 1024;

  private final Document document;
  private final List<Violation> violations = new ArrayList<>();

  private RuleValidation(Document document) {
    this.document = document;
  }

  /**
   * The violations of an object.
   *
   * @param root the object, completed
   * @param before the object before the change, completed; empty when it is created
   */
  static List<Violation> of(Document document, Node root, Optional<Node> before, Schema schema) {
    RuleValidation validation = new RuleValidation(document);
    validation.check("", root, before, schema);
    return validation.violations;
  }

  /** The violations of a part of a new object. */
  static List<Violation> of(Document document, String path, Node node, Schema schema) {
    RuleValidation validation = new RuleValidation(document);
    validation.check(path, node, Optional.empty(), schema);
    return validation.violations;
  }

  private void check(String path, Node node, Optional<Node> before, Schema schema) {
    if (node instanceof Node.Scalar scalar && scalar.value() == null) {
      return;
    }
    if (!schema.rules().isEmpty()) {
      Object self = value(path, node, schema);
      Optional<Object> oldSelf = before.map(old -> value(path, old, schema));
      schema.rules().forEach(rule -> apply(rule, schema, path, node, self, oldSelf));
    }
    if (node instanceof Node.Mapping mapping) {
      mapping
          .entries()
          .forEach(
              (key, entry) -> {
                boolean named = schema.properties().containsKey(key);
                String below = named ? Paths.child(path, key) : Paths.key(path, key);
                schema
                    .of(key)
                    .ifPresent(
                        s -> check(below, entry.value(), before.flatMap(b -> b.field(key)), s));
              });
    } else if (node instanceof Node.Sequence list) {
      for (int i = 0; i < list.items().size() && schema.items().isPresent(); i++) {
        Node item = list.items().get(i);
        check(Paths.index(path, i), item, same(item, before, schema), schema.items().get());
      }
    }
  }

  private static Object value(String path, Node node, Schema schema) {
    return path.isEmpty() && node instanceof Node.Mapping root
        ? RuleValues.ofRoot(root, schema)
        : RuleValues.of(node, Optional.of(schema));
  }

  /** In a list that is a map, the keys identify an item before and after a change. */
  private static Optional<Node> same(Node item, Optional<Node> before, Schema schema) {
    List<?> keys = schema.list("x-kubernetes-list-map-keys");
    if (keys.isEmpty() || !(before.orElse(null) instanceof Node.Sequence list)) {
      return Optional.empty();
    }
    return list.items().stream()
        .filter(
            old ->
                keys.stream()
                    .map(Object::toString)
                    .allMatch(
                        key ->
                            old.field(key)
                                .map(Node::plain)
                                .equals(item.field(key).map(Node::plain))))
        .findFirst();
  }

  private void apply(
      Rule rule, Schema schema, String path, Node node, Object self, Optional<Object> oldSelf) {
    String field = path.isEmpty() ? Violation.ROOT : path;
    try {
      RuleProgram program = RuleProgram.of(rule.expression());
      if (program.usesOldSelf() && oldSelf.isEmpty() && !rule.optionalOldSelf()) {
        return;
      }
      Map<String, Object> variables = new HashMap<>(Map.of(RuleProgram.SELF, self));
      if (rule.optionalOldSelf()) {
        variables.put(RuleProgram.OLD_SELF, oldSelf);
      } else {
        oldSelf.ifPresent(old -> variables.put(RuleProgram.OLD_SELF, old));
      }
      if (!Boolean.TRUE.equals(program.evaluate(variables))) {
        violations.add(violation(rule, path, node, variables));
      }
    } catch (IllegalArgumentException e) {
      violations.add(
          Violation.of(
              ViolationType.INVALID, field, node.position(), schema.type(), e.getMessage()));
    } catch (CelEvaluationException e) {
      String words = e.getMessage() + " evaluating rule: " + rule.words();
      violations.add(failure(rule, schema, field, node, words));
    }
  }

  /** A value that a rule cannot judge violates the rule, with the message of the rule. */
  private static Violation failure(
      Rule rule, Schema schema, String field, Node node, String detail) {
    return new Violation(
        ViolationType.INVALID,
        field,
        node.position(),
        Optional.of(schema.type()),
        detail,
        Optional.of(rule.words()));
  }

  private Violation violation(Rule rule, String path, Node node, Map<String, Object> variables) {
    String words = rule.messageExpression().flatMap(m -> said(m, variables)).orElse(rule.words());
    String field = rule.field(path);
    Position position =
        field.equals(Violation.ROOT)
            ? metadataName().orElse(node.position())
            : rule.fieldPath().isPresent() ? document.nearest(field).position() : node.position();
    Optional<Object> value =
        node instanceof Node.Scalar && rule.type() != ViolationType.FORBIDDEN
            ? Optional.of(node.plain())
            : Optional.empty();
    return new Violation(rule.type(), field, position, value, words, Optional.of(words));
  }

  /** Rules on the whole object are mostly about its name. */
  private Optional<Position> metadataName() {
    return document
        .root()
        .field("metadata")
        .flatMap(metadata -> metadata.field("name"))
        .map(Node::position);
  }

  /**
   * The result of the expression for the message; empty when it fails, or when the result is not
   * useful.
   */
  private static Optional<String> said(String expression, Map<String, Object> variables) {
    try {
      return RuleProgram.of(expression).evaluate(new LinkedHashMap<>(variables)) instanceof String s
          ? Optional.of(s.strip())
              .filter(words -> !words.isEmpty() && !words.contains("\n"))
              .filter(words -> words.length() <= LONGEST_MESSAGE)
          : Optional.empty();
    } catch (IllegalArgumentException | CelEvaluationException e) {
      return Optional.empty();
    }
  }
}
