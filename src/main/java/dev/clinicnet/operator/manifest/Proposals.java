package dev.clinicnet.operator.manifest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Suggests values in place of a refused one. A value that would be refused too is not suggested.
 */
final class Proposals {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> TRUE = Set.of("true", "yes", "y", "on", "1");
  private static final Set<String> FALSE = Set.of("false", "no", "n", "off", "0");

  private final Document document;
  private final String path;
  private final Position position;
  private final Schema schema;

  /** Suggestions for a field. The schema must accept them. */
  Proposals(Document document, String path, Position position, Schema schema) {
    this.document = document;
    this.path = path;
    this.position = position;
    this.schema = schema;
  }

  /** Suggestions in place of a value of the wrong type. */
  Optional<String> ofType(Node node) {
    if (node instanceof Node.Mapping && schema.type().equals("array")) {
      return Optional.of("write a list: put \"- \" before each entry");
    }
    if (!(node instanceof Node.Scalar scalar) || scalar.value() == null) {
      return Optional.empty();
    }
    Object value = scalar.value();
    return switch (schema.type()) {
      case "string" ->
          value instanceof Double ? Optional.of("put it in quotes") : quoted(scalar.written());
      case "boolean" -> Optional.of(truth(value.toString().toLowerCase(Locale.ROOT)));
      case "integer" -> number(value.toString());
      case "object" ->
          object(value)
              .map(object -> "write " + yaml(object))
              .or(() -> Optional.of("write its fields, each in a line as 'name: value'"));
      case "array" -> list(value).map(list -> "write a list: " + yaml(list));
      default -> Optional.empty();
    };
  }

  /** Suggestions in place of a refused text. */
  Optional<String> ofText(Node node) {
    return node.plain() instanceof String text && !refusals(text).isEmpty()
        ? OtherSpellings.of(text).stream()
            .filter(proposed -> refusals(proposed).isEmpty())
            .findFirst()
            .map(Hints::question)
        : Optional.empty();
  }

  private Optional<String> quoted(String written) {
    List<Violation> refusals = refusals(written);
    return refusals.isEmpty()
        ? Optional.of("write " + Violation.quoted(written) + ", with quotes")
        : refusals.get(0).message();
  }

  private static String truth(String word) {
    return TRUE.contains(word)
        ? "write true"
        : FALSE.contains(word) ? "write false" : "write true or false";
  }

  private Optional<String> number(String text) {
    return Optional.of(text)
        .filter(digits -> digits.matches("-?[0-9]{1,18}"))
        .map(Long::valueOf)
        .filter(number -> refusals(number).isEmpty())
        .map(number -> "write " + number + ", without quotes")
        .or(() -> Optional.of("write a whole number"));
  }

  /** If an object needs only one member, people write the value of that member. */
  private Optional<Object> object(Object value) {
    List<?> members =
        schema.list("required").isEmpty()
            ? List.copyOf(schema.properties().keySet())
            : schema.list("required");
    Map<String, Object> object = new LinkedHashMap<>();
    members.forEach(name -> object.put(name.toString(), value));
    return members.size() == 1 && refusals(object).isEmpty()
        ? Optional.of(object)
        : Optional.empty();
  }

  private Optional<Object> list(Object value) {
    Optional<Object> item =
        schema
            .items()
            .flatMap(items -> new Proposals(document, path, position, items).object(value));
    List<?> list = List.of(item.orElse(value));
    return refusals(list).isEmpty() ? Optional.of(list) : Optional.empty();
  }

  private List<Violation> refusals(Object proposed) {
    Node proposal = Defaults.node(proposed, position);
    List<Violation> violations = StructuralValidation.of(path, proposal, schema);
    return violations.isEmpty() ? RuleValidation.of(document, path, proposal, schema) : violations;
  }

  /** The value in the short flow style of YAML and JSON. */
  private static String yaml(Object value) {
    try {
      return JSON.writeValueAsString(value).replaceAll("\"(\\w+)\":", "$1: ");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree is always JSON", e);
    }
  }
}
