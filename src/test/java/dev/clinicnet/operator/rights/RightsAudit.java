package dev.clinicnet.operator.rights;

import dev.clinicnet.operator.kubernetes.AuditRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The end of the integration tests: {@code deploy/base} must grant the operator what it has used in
 * them, and nothing else. Where not all tests have run, it only reports.
 */
public final class RightsAudit {
  private static final Path TESTS = Path.of("src/test/java");
  private static final Path RESULTS = Path.of("target/failsafe-reports");
  private static final Path REPORT = Path.of("target/rbac-audit.txt");

  private RightsAudit() {}

  /** Fails when rights and use differ. */
  public static void main(String[] args) throws IOException {
    RightsReport report = new RightsReport(GrantedRights.ofBase());
    for (Path log : files(AuditRecord.DIRECTORY, ".log")) {
      try (Stream<String> lines = Files.lines(log)) {
        lines.forEach(report::read);
      }
    }
    Files.writeString(REPORT, report.text());
    System.out.println(report.text());
    List<String> missing = testsThatHaveNotRun();
    if (!missing.isEmpty()) {
      System.out.println("Not all tests have run, so nothing follows from it: " + missing);
    } else if (!report.unused().isEmpty() || !report.problems().isEmpty()) {
      throw new IllegalStateException(
          "deploy/base grants what no test uses: "
              + report.unused()
              + "; or tests did what it does not grant: "
              + report.problems()
              + ". See "
              + REPORT);
    }
  }

  private static List<String> testsThatHaveNotRun() throws IOException {
    return files(TESTS, "IT.java").stream()
        .map(file -> TESTS.relativize(file).toString())
        .map(file -> file.substring(0, file.length() - ".java".length()).replace('/', '.'))
        .filter(test -> !Files.exists(RESULTS.resolve("TEST-" + test + ".xml")))
        .toList();
  }

  private static List<Path> files(Path directory, String suffix) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(file -> file.toString().endsWith(suffix)).toList();
    }
  }
}
