package dev.clinicnet.operator.cli.lint;

import dev.clinicnet.operator.manifest.Document;
import dev.clinicnet.operator.manifest.ManifestValidation;
import dev.clinicnet.operator.manifest.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Objects that stand in the files twice: the one that is applied last would win. */
final class RepeatedObjects {
  private RepeatedObjects() {}

  static List<Problem> problems(List<Document> documents) {
    Map<List<String>, Document> first = new HashMap<>();
    List<Problem> problems = new ArrayList<>();
    for (Document document : documents) {
      if (!ManifestValidation.knows(document) || document.name().isEmpty()) {
        continue;
      }
      Document before =
          first.putIfAbsent(
              List.of(document.kind(), document.namespace(), document.name()), document);
      if (before != null) {
        problems.add(
            document.error(
                document.nearest("metadata.name").position(),
                "metadata.name",
                "stands in the files twice, first at " + before.position() + ": remove one"));
      }
    }
    return problems;
  }
}
