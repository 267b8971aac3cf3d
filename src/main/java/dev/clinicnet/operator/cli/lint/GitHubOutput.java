package dev.clinicnet.operator.cli.lint;

import dev.clinicnet.operator.manifest.Problem;
import java.util.Locale;

/** Findings as workflow commands of GitHub Actions. */
final class GitHubOutput {
  private GitHubOutput() {}

  static String text(Findings findings) {
    StringBuilder text = new StringBuilder();
    for (Problem problem : findings.problems()) {
      text.append("::")
          .append(problem.severity().name().toLowerCase(Locale.ROOT))
          .append(" file=")
          .append(property(problem.position().file()))
          .append(",line=")
          .append(problem.position().line())
          .append(",col=")
          .append(problem.position().column())
          .append("::")
          .append(data(HumanOutput.sentence(problem)))
          .append('\n');
    }
    return text.toString();
  }

  private static String data(String text) {
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
  }

  private static String property(String text) {
    return data(text).replace(":", "%3A").replace(",", "%2C");
  }
}
