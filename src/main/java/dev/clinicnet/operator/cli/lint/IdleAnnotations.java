package dev.clinicnet.operator.cli.lint;

import dev.clinicnet.operator.kubernetes.Annotations;
import dev.clinicnet.operator.manifest.Document;
import dev.clinicnet.operator.manifest.ManifestValidation;
import dev.clinicnet.operator.manifest.Node;
import dev.clinicnet.operator.manifest.Problem;
import dev.clinicnet.operator.manifest.Severity;
import dev.clinicnet.operator.suggestion.NearestName;
import java.util.ArrayList;
import java.util.List;

/** Finds annotations that look as if they had an effect on the operator, but have none. */
final class IdleAnnotations {
  private static final String OURS = "clinicnet.dev/";
  private static final String FIELD = "metadata.annotations";

  private IdleAnnotations() {}

  static List<Problem> problems(List<Document> documents) {
    List<Problem> problems = new ArrayList<>();
    documents.stream()
        .filter(ManifestValidation::knows)
        .forEach(
            document ->
                document
                    .root()
                    .field("metadata")
                    .flatMap(metadata -> metadata.field("annotations"))
                    .ifPresent(annotations -> judge(document, annotations, problems)));
    return problems;
  }

  private static void judge(Document document, Node annotations, List<Problem> problems) {
    if (!(annotations instanceof Node.Mapping mapping)) {
      return;
    }
    for (Node.Entry entry : mapping.entries().values()) {
      String key = entry.key();
      Object value = entry.value().plain();
      if (key.startsWith(OURS) && !Annotations.KNOWN.contains(key)) {
        problems.add(
            warning(
                document,
                entry,
                "is not an annotation of the operator: it does nothing"
                    + NearestName.hint(key, Annotations.KNOWN)));
      } else if (Annotations.SWITCHES.contains(key) && isNoAnswer(value)) {
        problems.add(
            warning(
                document,
                entry,
                "\"" + value + "\" does nothing: write \"true\", or take the annotation out"));
      } else if (key.equals(Annotations.HAND_OVER_TO) && isNoPath(value)) {
        problems.add(
            warning(
                document,
                entry,
                "\""
                    + value
                    + "\" names no object: write NAMESPACE/NAME of the object that takes over, for"
                    + " example "
                    + document.namespace()
                    + "/clinic2"));
      }
    }
  }

  /** The value false is correct: it means no. */
  private static boolean isNoAnswer(Object value) {
    return value instanceof String text && !text.equals("true") && !text.equals("false");
  }

  private static boolean isNoPath(Object value) {
    return value instanceof String text && !text.matches("[^/\\s]+/[^/\\s]+");
  }

  private static Problem warning(Document document, Node.Entry entry, String words) {
    return document.problem(
        Severity.WARNING, entry.keyPosition(), FIELD, FIELD + " " + entry.key() + ": " + words);
  }
}
