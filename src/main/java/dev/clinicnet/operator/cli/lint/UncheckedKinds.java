package dev.clinicnet.operator.cli.lint;

import dev.clinicnet.operator.manifest.Document;
import dev.clinicnet.operator.manifest.ManifestValidation;
import dev.clinicnet.operator.manifest.Problem;
import dev.clinicnet.operator.manifest.Severity;
import java.util.List;

/** Objects that are not ours and look it: somebody would wait for what nobody does. */
final class UncheckedKinds {
  private UncheckedKinds() {}

  static List<Problem> problems(List<Document> documents) {
    return documents.stream()
        .filter(document -> !document.apiVersion().isEmpty() && !document.kind().isEmpty())
        .flatMap(
            document ->
                ManifestValidation.resembling(document).stream()
                    .map(
                        hint ->
                            document.problem(
                                Severity.WARNING,
                                document.nearest("apiVersion").position(),
                                "apiVersion",
                                document.apiVersion()
                                    + " is not ours, so that nothing is checked here; "
                                    + hint)))
        .toList();
  }
}
