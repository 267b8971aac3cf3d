package dev.clinicnet.operator.runbook;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a command printed, in the form that a runbook shows: without the objects of other tests, and
 * with the same times and ids in every run.
 */
final class Transcript {
  private static final Pattern TIME =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d(\\.\\d+)?)?Z");
  private static final Pattern ID = Pattern.compile("\\b(\\w{2,6})_[0-9A-Za-z]{27}\\b");
  private static final Pattern TARGET =
      Pattern.compile("[a-z0-9]+(\\.[a-z0-9]+)?\\.ngrok-cname\\.com");
  private static final Pattern LIST = Pattern.compile("cannot list \\w+ at");
  private static final Pattern CODE = Pattern.compile("confirm-account=[0-9a-f]+");
  private static final Pattern EXPIRY = Pattern.compile("notAfter=.*");
  private static final Pattern HEADER = Pattern.compile("[A-Z][A-Z-]*( {2,}[A-Z][A-Z-]*)+");
  private static final String GAP = " {2,}";

  private Transcript() {}

  /**
   * The text as it is shown.
   *
   * @param namespace the namespace of the test, which the runbook calls {@code clinics}
   */
  static String of(String output, String namespace) {
    List<String> lines =
        output
            .lines()
            .filter(line -> !line.startsWith("test-") || line.startsWith(namespace + " "))
            .map(line -> line.replace(namespace, "clinics"))
            .map(line -> TIME.matcher(line).replaceAll("2026-03-02T03:00:00Z"))
            .map(line -> ID.matcher(line).replaceAll("$1_2fV0pZkYxQ"))
            .map(line -> TARGET.matcher(line).replaceAll("2fv0pzkyxq.ngrok-cname.com"))
            .map(line -> LIST.matcher(line).replaceAll("cannot list endpoints at"))
            .map(line -> CODE.matcher(line).replaceAll("confirm-account=2f0a9c41"))
            .map(line -> EXPIRY.matcher(line).replaceAll("notAfter=Mar 12 03:00:00 2026 GMT"))
            .toList();
    return String.join("\n", isTable(lines) ? aligned(lines) : lines);
  }

  private static boolean isTable(List<String> lines) {
    return !lines.isEmpty() && HEADER.matcher(lines.get(0).strip()).matches();
  }

  private static List<String> aligned(List<String> lines) {
    List<String[]> rows = lines.stream().map(line -> line.strip().split(GAP)).toList();
    List<String> result = new ArrayList<>();
    for (String[] row : rows) {
      StringBuilder text = new StringBuilder();
      for (int column = 0; column < row.length; column++) {
        int c = column;
        int width =
            rows.stream().filter(r -> c < r.length).mapToInt(r -> r[c].length()).max().orElse(0);
        text.append(row[column]).append(" ".repeat(width - row[column].length() + 3));
      }
      result.add(text.toString().stripTrailing());
    }
    return result;
  }
}
