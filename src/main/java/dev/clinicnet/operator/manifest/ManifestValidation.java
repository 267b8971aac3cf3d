package dev.clinicnet.operator.manifest;

import com.fasterxml.jackson.databind.node.NullNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Checks objects as an API server does that holds our CustomResourceDefinitions. */
public final class ManifestValidation {
  private ManifestValidation() {}

  /** Whether an object is of a kind that we know the schema of. */
  public static boolean knows(Document document) {
    return schema(document).isPresent();
  }

  /** Why an object would be refused if it were created; of foreign kinds little is known. */
  public static List<Problem> ofNew(Document document) {
    return violations(document, Optional.empty()).stream()
        .map(violation -> violation.problem(document))
        .toList();
  }

  /** Why an object would be refused as a change of another. */
  public static List<Problem> ofChange(Document document, Document before) {
    return violations(document, Optional.of(before)).stream()
        .map(violation -> violation.problem(document))
        .toList();
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
      violations.add(
          Violation.of(
              ViolationType.INVALID,
              Violation.ROOT,
              document.position(),
              NullNode.getInstance(),
              "some validation rules were not checked because the object was invalid; correct the"
                  + " existing errors to complete validation"));
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
