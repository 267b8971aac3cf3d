package dev.clinicnet.operator.rights;

import dev.clinicnet.testkit.AuditRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The end of the integration tests: {@code deploy} must grant the operator what it has used in
 * them, and nothing else. Where not all of them have run, or some have failed, it only reports.
 */
public final class RightsAudit {
  private static final Path SUMMARY = Path.of("target/failsafe-reports/failsafe-summary.xml");
  private static final Path REPORT = Path.of("target/rbac-audit.txt");

  private RightsAudit() {}

  /**
   * Fails when rights and use differ.
   *
   * @param chosen the tests that were chosen to run, as failsafe's {@code it.test} says; null, or
   *     Maven's placeholder, when nothing was chosen
   */
  public static void main(String... chosen) throws IOException {
    RightsReport report = new RightsReport(GrantedRights.ofAll());
    for (Path log : logs()) {
      try (Stream<String> lines = Files.lines(log)) {
        lines.forEach(report::read);
      }
    }
    Files.writeString(REPORT, report.text());
    System.out.println(report.text());
    String problem = report.problem();
    if (problem.isEmpty()) {
      return;
    }
    if (!allHaveRun(Arrays.asList(chosen)) || !allHaveSucceeded()) {
      System.out.println("Not all tests have run and succeeded, so nothing follows from it.");
      return;
    }
    throw new IllegalStateException(problem + " See " + REPORT + ".");
  }

  private static boolean allHaveRun(List<String> chosen) {
    return chosen.stream()
        .allMatch(tests -> tests == null || tests.isEmpty() || tests.equals("${it.test}"));
  }

  private static boolean allHaveSucceeded() throws IOException {
    String summary = Files.exists(SUMMARY) ? Files.readString(SUMMARY) : "";
    return summary.contains("<errors>0</errors>") && summary.contains("<failures>0</failures>");
  }

  private static List<Path> logs() throws IOException {
    if (!Files.isDirectory(AuditRecord.DIRECTORY)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(AuditRecord.DIRECTORY)) {
      return files.filter(file -> file.toString().endsWith(".log")).toList();
    }
  }
}
