package dev.clinicnet.operator.ngrok;

import static dev.clinicnet.operator.api.schema.GeneratedFile.assertCurrent;

import dev.clinicnet.operator.account.FailureVerdict;
import dev.clinicnet.operator.condition.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Keeps {@code docs/reference/error-codes.md} as the table of codes says. */
class ErrorCodesPageTest {
  private static final String PREFIX = "ERR_NGROK_";

  /** Numbers by their size, then words. */
  private static final Comparator<String> ORDER =
      Comparator.comparing((String code) -> code.matches("[0-9]+") ? code.length() : 99)
          .thenComparing(Comparator.naturalOrder());

  private static final String HEAD =
      """
      <!-- Generated from failure-codes.txt: change that, not this file. -->
      # Error codes of ngrok

      This page says what each error code of the ngrok API means for the operator. Each number, or
      its words, follows `ERR_NGROK_`. A code that is not here is judged by the HTTP status: 401 and 403 as
      `UNAUTHORIZED`, 404 as `NOT_FOUND`, 409 as `CONFLICT`, 429 as `THROTTLED`, 408 and 5xx as
      `UNAVAILABLE` or `OUTCOME_UNKNOWN`, others as `INVALID`. The reason is that of the
      [condition](../conditions.md#programmed) `Programmed` of the object whose request failed. The
      operator looks again before it repeats a request whose outcome is unknown.

      | Codes | Verdict | Reason | What it means, and what to do |
      |---|---|---|---|
      """;

  /** The same verdict with the same reason makes one row. */
  private record Row(Verdict verdict, Reason reason) {}

  @Test
  void thePageIsWhatTheTableSays() throws IOException {
    Map<Row, List<String>> rows =
        FailureCodes.parse(FailureCodes.lines()).entrySet().stream()
            .collect(
                Collectors.groupingBy(
                    code -> new Row(code.getValue(), reason(code.getKey(), code.getValue())),
                    Collectors.mapping(ErrorCodesPageTest::suffix, Collectors.toList())));
    Map<String, String> ordered = new TreeMap<>(ORDER);
    rows.forEach(
        (row, codes) -> ordered.put(codes.stream().min(ORDER).orElseThrow(), text(row, codes)));

    assertCurrent(
        Path.of("docs/reference/error-codes.md"), HEAD + String.join("", ordered.values()));
  }

  private static Reason reason(String code, Verdict verdict) {
    return FailureVerdict.of(new NgrokException(verdict.failure(), code, "", null)).reason();
  }

  private static String suffix(Map.Entry<String, Verdict> code) {
    return code.getKey().substring(PREFIX.length());
  }

  private static String text(Row row, List<String> codes) {
    String numbers = codes.stream().sorted(ORDER).collect(Collectors.joining(" "));
    Verdict verdict = row.verdict();
    String wait =
        verdict.retryAfter() == null
            ? ""
            : " (%s, the next attempt after %d s)"
                .formatted(
                    verdict.stopsEveryone() ? "all requests" : "this request",
                    verdict.retryAfter().toSeconds());
    return "| %s | `%s` | `%s` | %s%s |%n"
        .formatted(numbers, verdict.failure(), row.reason(), verdict.advice(), wait);
  }
}
