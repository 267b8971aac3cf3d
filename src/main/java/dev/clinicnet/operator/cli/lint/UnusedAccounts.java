package dev.clinicnet.operator.cli.lint;

import dev.clinicnet.operator.grant.Grants;
import dev.clinicnet.operator.manifest.Document;
import dev.clinicnet.operator.manifest.Problem;
import dev.clinicnet.operator.manifest.Severity;
import java.util.List;

/** NgrokAccounts that nobody reads: what they grant would be missing without a word. */
final class UnusedAccounts {
  private UnusedAccounts() {}

  static List<Problem> problems(List<Document> sound) {
    return sound.stream()
        .filter(document -> document.kind().equals("NgrokAccount"))
        .filter(document -> !Grants.isUsed(document.name()))
        .map(
            document ->
                document.problem(
                    Severity.WARNING,
                    document.nearest("metadata.name").position(),
                    "metadata.name",
                    Grants.NOT_USED + " Nothing that it grants counts."))
        .toList();
  }
}
