package dev.clinicnet.operator.cli.lint;

import dev.clinicnet.operator.manifest.Problem;
import java.util.List;

/**
 * The findings of one run.
 *
 * @param problems in the order of the files
 * @param objects the number of checked objects
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
