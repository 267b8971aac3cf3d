package dev.clinicnet.operator.cli.lint;

import dev.clinicnet.operator.manifest.Problem;
import java.util.List;

/**
 * What one run found.
 *
 * @param problems in the order of the files
 * @param objects how many objects were looked at
 */
record Findings(List<Problem> problems, int objects) {
  Findings {
    problems = List.copyOf(problems);
  }

  long errors() {
    return problems.stream().filter(Problem::isError).count();
  }

  long warnings() {
    return problems.size() - errors();
  }
}
