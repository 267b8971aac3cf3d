package dev.clinicnet.operator.cli.lint;

import dev.clinicnet.operator.manifest.Problem;
import java.util.Locale;

/** Findings, one on each line. */
final class HumanOutput {
  private HumanOutput() {}

  static String text(Findings findings) {
    StringBuilder text = new StringBuilder();
    for (Problem problem : findings.problems()) {
      text.append(problem.position())
          .append(": ")
          .append(problem.severity().name().toLowerCase(Locale.ROOT))
          .append(": ")
          .append(sentence(problem))
          .append('\n');
    }
    return text.append(summary(findings)).append('\n').toString();
  }

  /** A problem and its object, in one line. */
  static String sentence(Problem problem) {
    StringBuilder sentence = new StringBuilder();
    if (!problem.kind().isEmpty()) {
      sentence.append(problem.kind()).append(' ');
      if (!problem.namespace().isEmpty()) {
        sentence.append(problem.namespace()).append('/');
      }
      sentence.append(problem.name()).append(": ");
    }
    // A message of the operator begins with its field. A message on the whole object needs no
    // field.
    boolean saysWhere =
        problem.field().isEmpty()
            || problem.field().equals("<nil>")
            || problem.message().startsWith(problem.field().replaceFirst("\\[\\d+]$", ""));
    if (!saysWhere) {
      sentence.append(problem.field()).append(": ");
    }
    return sentence.append(problem.message()).toString().replaceAll("\\R", " ");
  }

  private static String summary(Findings findings) {
    return count(findings.objects(), "object")
        + ", "
        + count(findings.errors(), "error")
        + ", "
        + count(findings.warnings(), "warning");
  }

  private static String count(long number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }
}
