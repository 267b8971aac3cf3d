package dev.clinicnet.operator.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Checks objects as an API server with our CustomResourceDefinitions does. */
public final class ManifestValidation {
  private static final String UNCHECKED = " (the rules are checked once this is right)";

  private ManifestValidation() {}

  /** Whether an object is of a kind that we know the schema of. */
  public static boolean knows(Document document) {
    return schema(document).isPresent();
  }

  /** The kind of ours that a foreign object looks like; empty when it looks like none. */
  public static Optional<String> resembling(Document document) {
    return KindNames.resembling(document);
  }

  /** Why the API server would refuse to create an object. Little is known about foreign kinds. */
  public static List<Problem> ofNew(Document document) {
    return problems(document, violations(document, Optional.empty()));
  }

  /** Why the API server would refuse an object as a change of another. */
  public static List<Problem> ofChange(Document document, Document before) {
    return problems(document, violations(document, Optional.of(before)));
  }

  /**
   * The violations with suggestions, and without those that follow from others. The message that
   * rules were not checked is added to the last violation.
   */
  private static List<Problem> problems(Document document, List<Violation> violations) {
    List<Violation> told = Consequences.without(violations, schema(document));
    boolean unchecked = violations.stream().anyMatch(Violation::isUnchecked);
    List<Problem> problems = new ArrayList<>();
    for (int i = 0; i < told.size(); i++) {
      boolean last = unchecked && i == told.size() - 1;
      String hint = hint(document, told.get(i)).map(words -> "; " + words).orElse("");
      problems.add(told.get(i).problem(document, last ? hint + UNCHECKED : hint));
    }
    return problems;
  }

  private static Optional<String> hint(Document document, Violation violation) {
    return Hints.of(document, schema(document), violation)
        .or(() -> KindNames.hint(document, violation));
  }

  /** The object as the API server completes it, with its defaults. */
  public static Node completed(Document document) {
    return schema(document)
        .map(schema -> Defaults.complete(document.root(), schema))
        .orElse(document.root());
  }

  static List<Violation> violations(Document document, Optional<Document> before) {
    List<Violation> violations = new ArrayList<>(typeMeta(document));
    violations.addAll(StrictDecoding.repeatedKeys(document));
    Optional<Schema> schema = schema(document);
    if (schema.isPresent()) {
      violations.addAll(StrictDecoding.unknownFields(document, schema.get()));
      violations.addAll(refusals(document, before, schema.get()));
    } else if (document.root().field("items").isEmpty()) {
      violations.addAll(StrictDecoding.metadata(document));
    }
    return violations;
  }

  private static List<Violation> refusals(
      Document document, Optional<Document> before, Schema schema) {
    Node root = Defaults.complete(document.root(), schema);
    List<Violation> violations = new ArrayList<>(Metadata.violations(root));
    violations.addAll(StructuralValidation.of(root, schema));
    violations.addAll(ListUniqueness.of(root, schema));
    if (violations.stream().anyMatch(violation -> violation.type().blocksRules())) {
      violations.add(Violation.unchecked(document.position()));
    } else {
      Optional<Node> old = before.map(b -> Defaults.complete(b.root(), schema));
      violations.addAll(RuleValidation.of(document, root, old, schema));
    }
    return violations;
  }

  private static List<Violation> typeMeta(Document document) {
    List<Violation> violations = new ArrayList<>();
    for (String field : List.of("apiVersion", "kind")) {
      if (document.root().text(field).orElse("").isEmpty()) {
        violations.add(
            Violation.undecodable(field, document.nearest(field).position(), field + " not set"));
      }
    }
    boolean isOurs = document.group().equals(CustomResources.GROUP);
    if (isOurs && !document.kind().isEmpty() && schema(document).isEmpty()) {
      violations.add(
          Violation.undecodable(
              "kind",
              document.nearest("kind").position(),
              "no matches for kind \""
                  + document.kind()
                  + "\" in version \""
                  + document.apiVersion()
                  + "\""));
    }
    return violations;
  }

  private static Optional<Schema> schema(Document document) {
    return CustomResources.ours().schema(document.apiVersion(), document.kind());
  }
}
