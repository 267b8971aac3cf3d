package dev.clinicnet.operator.traffic;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The table of requests and what becomes of them, {@code src/test/resources/traffic/requests.md}. A
 * heading names a service, and below it stands one table whose rows share the rates, in order. What
 * is neither of these, nor plain text outside of tables, is refused.
 */
final class TrafficTable {
  private static final Path FILE = Path.of("src/test/resources/traffic/requests.md");
  private static final List<String> COLUMNS =
      List.of("from", "certificate", "identity", "request", "at", "expected", "order", "why");

  private final List<Block> blocks = new ArrayList<>();
  private int line;
  private boolean inTable;

  private TrafficTable() {}

  /**
   * One row.
   *
   * @param line its line in the file
   * @param order the two neighbouring stages whose order it shows; empty for none
   */
  record Row(int line, Attempt attempt, Outcome expected, Optional<StagePair> order, String why) {
    @Override
    public String toString() {
      return "line %d (%s): %s -> %s".formatted(line, why, attempt, expected);
    }
  }

  /** A scenario: what one service is asked, in order. */
  record Block(String service, List<Row> rows) {
    @Override
    public String toString() {
      return service + " from line " + rows.get(0).line();
    }
  }

  /** The project's table. */
  static List<Block> blocks() {
    try {
      return read(Files.readString(FILE));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a text.
   *
   * @throws IllegalArgumentException for the first line that is not understood
   */
  static List<Block> read(String text) {
    TrafficTable table = new TrafficTable();
    for (String next : text.lines().toList()) {
      table.line++;
      try {
        table.add(next);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("line %d: %s".formatted(table.line, e.getMessage()), e);
      }
    }
    table.requireRows();
    return List.copyOf(table.blocks);
  }

  private void add(String text) {
    if (text.startsWith("## ")) {
      requireRows();
      blocks.add(new Block(text.substring(3).strip(), new ArrayList<>()));
      inTable = false;
    } else if (text.startsWith("|")) {
      cells(cells(text));
    } else if (text.contains("|") || (text.startsWith("#") && !text.startsWith("# "))) {
      throw new IllegalArgumentException("neither heading, row nor plain text");
    } else if (text.isBlank()) {
      inTable = false;
    } else if (inTable) {
      throw new IllegalArgumentException("text right below a table");
    }
  }

  private void requireRows() {
    if (!blocks.isEmpty() && last().rows().isEmpty()) {
      throw new IllegalArgumentException("nothing is asked of " + last().service());
    }
  }

  private Block last() {
    if (blocks.isEmpty()) {
      throw new IllegalArgumentException("a row without a service");
    }
    return blocks.get(blocks.size() - 1);
  }

  private static List<String> cells(String text) {
    if (!text.endsWith("|") || text.length() < 2) {
      throw new IllegalArgumentException("a row ends with |");
    }
    String inner = text.substring(1, text.length() - 1);
    return Arrays.stream(inner.split("\\|", -1)).map(String::strip).toList();
  }

  private void cells(List<String> cells) {
    if (!inTable) {
      if (!cells.equals(COLUMNS)) {
        throw new IllegalArgumentException("the columns are " + String.join(", ", COLUMNS));
      }
      if (!last().rows().isEmpty()) {
        throw new IllegalArgumentException("a second table of " + last().service());
      }
      inTable = true;
    } else if (!cells.stream().allMatch(cell -> cell.matches("-+:?"))) {
      last().rows().add(row(cells));
    }
  }

  private Row row(List<String> cells) {
    if (cells.size() != COLUMNS.size()) {
      throw new IllegalArgumentException(cells.size() + " cells for " + COLUMNS.size());
    }
    String[] request = cells.get(3).split(" ", -1);
    boolean isRequest = request.length == 2 && request[0].matches("[A-Z]+");
    if (!isRequest && !cells.get(3).equals("connect")) {
      throw new IllegalArgumentException(cells.get(3) + " is no request, nor connect");
    }
    if (cells.get(7).isEmpty()) {
      throw new IllegalArgumentException("why?");
    }
    Attempt attempt =
        new Attempt(
            address(cells.get(0)),
            Shown.of(cells.get(1)),
            CredentialWords.read(cells.get(2)),
            isRequest ? request[0] : "",
            isRequest ? request[1] : "",
            seconds(cells.get(4)));
    return new Row(
        line, attempt, Outcome.of(cells.get(5)), StagePair.read(cells.get(6)), cells.get(7));
  }

  private long seconds(String text) {
    if (!text.matches("[0-9]{1,5}")) {
      throw new IllegalArgumentException(text + " is no number of seconds");
    }
    long at = Long.parseLong(text);
    List<Row> before = last().rows();
    if (!before.isEmpty() && before.get(before.size() - 1).attempt().at() > at) {
      throw new IllegalArgumentException("time does not go back");
    }
    return at;
  }

  private static String address(String text) {
    if (!text.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-f:]+:[0-9a-f:]*")) {
      throw new IllegalArgumentException(text + " is no address");
    }
    return text;
  }
}
