package dev.clinicnet.operator.cli.inventory;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The objects of a statement for spreadsheets (RFC 4180, with a header). */
final class CSVOutput {
  private static final String LINE = "\r\n";

  private CSVOutput() {}

  static String text(Statement statement) {
    StringBuilder text = new StringBuilder();
    boolean first = true;
    for (Holding holding : statement.holdings()) {
      Map<String, Object> row = Row.of(holding, statement);
      if (first) {
        text.append(String.join(",", row.keySet())).append(LINE);
        first = false;
      }
      text.append(row.values().stream().map(CSVOutput::cell).collect(Collectors.joining(",")));
      text.append(LINE);
    }
    return text.toString();
  }

  private static String cell(Object value) {
    if (value == null) {
      return "";
    }
    String plain =
        value instanceof List<?> several
            ? several.stream().map(String::valueOf).collect(Collectors.joining("; "))
            : value.toString();
    // A spreadsheet would take such a text of a stranger for a formula.
    String safe = plain.matches("(?s)[=+@\\t\\r-].*") ? "'" + plain : plain;
    return safe.matches("(?s).*[\",\\r\\n].*") ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
  }
}
