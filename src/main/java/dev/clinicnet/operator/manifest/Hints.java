package dev.clinicnet.operator.manifest;

import dev.clinicnet.operator.policy.raw.RawPolicy;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Suggestions that are added to the messages of the API server. */
final class Hints {
  private static final Pattern ACTION =
      Pattern.compile("spec\\.trafficPolicy\\.\\w+\\[\\d+]\\.actions\\[\\d+]");
  private static final String UNKNOWN_FIELD = "unknown field \"";

  private Hints() {}

  /**
   * The hint for a violation; empty when there is nothing to guess.
   *
   * @param schema the schema of the object; empty when its kind is not known
   */
  static Optional<String> of(Document document, Optional<Schema> schema, Violation violation) {
    String field = violation.field();
    Node node = document.nearest(field);
    if (isUnknownField(violation)) {
      return configField(document, field)
          .or(() -> schema.flatMap(s -> new FieldNames(s).words(field)))
          .map(Hints::question);
    }
    if (violation.type() == ViolationType.UNDECODABLE) {
      return ofType(violation, node);
    }
    return field.equals(Violation.ROOT)
        ? Optional.empty()
        : schema.flatMap(s -> s.at(field)).flatMap(there -> of(document, node, there, violation));
  }

  /** Where in the config of an action the field belongs; empty if that has no field of the name. */
  private static Optional<String> configField(Document document, String field) {
    String action = FieldNames.parent(field);
    String name = field.substring(field.lastIndexOf('.') + 1);
    return Optional.of(document.nearest(action))
        .filter(found -> ACTION.matcher(action).matches())
        .flatMap(found -> found.text("type"))
        .filter(type -> RawPolicy.configFields(type).contains(name))
        .map(type -> "config." + name);
  }

  private static Optional<String> of(
      Document document, Node node, Schema schema, Violation violation) {
    Proposals proposals = new Proposals(document, violation.field(), node.position(), schema);
    return switch (violation.type()) {
      case TYPE_INVALID -> proposals.ofType(node);
      case INVALID -> proposals.ofText(node);
      case NOT_SUPPORTED -> word(node, schema).map(Hints::question);
      default -> Optional.empty();
    };
  }

  private static Optional<String> word(Node node, Schema schema) {
    List<String> allowed = schema.list("enum").stream().map(Object::toString).toList();
    return node.plain() instanceof String text ? FieldNames.near(text, allowed) : Optional.empty();
  }

  /** The hint for metadata of the wrong type: names, labels and annotations are texts. */
  private static Optional<String> ofType(Violation violation, Node node) {
    if (!violation.detail().contains(" must be of type string")) {
      return Optional.empty();
    }
    if (node instanceof Node.Scalar scalar) {
      return quoted(scalar);
    }
    return node instanceof Node.Mapping mapping
        ? mapping.entries().values().stream()
            .filter(entry -> entry.value() instanceof Node.Scalar)
            .flatMap(
                entry ->
                    quoted((Node.Scalar) entry.value()).stream()
                        .map(words -> words + ", under " + entry.key()))
            .findFirst()
        : Optional.empty();
  }

  private static Optional<String> quoted(Node.Scalar scalar) {
    return scalar.value() instanceof Long || scalar.value() instanceof Boolean
        ? Optional.of("write " + Violation.quoted(scalar.written()) + ", with quotes")
        : Optional.empty();
  }

  static boolean isUnknownField(Violation violation) {
    return violation.detail().startsWith(UNKNOWN_FIELD);
  }

  static boolean isRepeatedField(Violation violation) {
    return violation.detail().startsWith("duplicate field");
  }

  static String question(String meant) {
    return "did you mean " + meant + "?";
  }
}
