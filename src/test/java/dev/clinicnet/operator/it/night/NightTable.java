package dev.clinicnet.operator.it.night;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.it.night.AcceleratedRules.Speed;
import dev.clinicnet.operator.it.night.Watch.Rang;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The table of a night. {@code docs/alerts.md} has that of an earlier run, which promises for each
 * alert the time within which it rings.
 *
 * @param rows by the name of the alert
 */
record NightTable(Map<String, Row> rows) {
  private static final Path FILE = Path.of("target/night.md");
  private static final Path DOCS = Path.of("docs/alerts.md");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+)` \\|(.+)\\|(.+)\\|(.+)\\|$");
  private static final String NOT_PLAYED = "not played";
  private static final String HEAD =
      """
      | Alert | Stated | Factor | Accelerated | Rings within | Rang after | Before it |
      |---|---|---|---|---|---|---|
      """;

  /**
   * A row, in the words of the table.
   *
   * @param promise what follows from the rule: how long it waits, and when it rings at the latest
   * @param after after what time it rang in a run
   * @param before the alerts that rang before it for the same fault
   */
  record Row(String promise, String after, String before) {
    /** The differences between this row and that of the docs. */
    private String differs(Row documented) {
      if (documented == null) {
        return "it has no row";
      }
      if (!promise.equals(documented.promise)) {
        return "its rule says " + promise + ", the docs say " + documented.promise;
      }
      if (after.equals(NOT_PLAYED)) {
        return "";
      }
      if (!before.equals(documented.before)) {
        return "before it rang " + before + ", the docs say " + documented.before;
      }
      double within = number(promise.substring(promise.lastIndexOf('|') + 1));
      return number(after) > within ? "it rang only after " + after : "";
    }
  }

  /** The table of a run, in which some alerts may not have been played. */
  static NightTable of(Map<String, Speed> speeds, Map<String, Rang> played) {
    Map<String, Row> rows = new LinkedHashMap<>();
    speeds.forEach(
        (alert, speed) -> {
          Rang rang = played.get(alert);
          rows.put(
              alert,
              new Row(
                  "%s | %.1f | %s | %s"
                      .formatted(
                          text(speed.stated()),
                          speed.factor(),
                          seconds(speed.patience()),
                          seconds(Watch.within(speed))),
                  rang == null ? NOT_PLAYED : seconds(rang.after()),
                  rang == null ? "" : names(rang)));
        });
    return new NightTable(rows);
  }

  /** The table in the docs. */
  static NightTable inTheDocs() throws IOException {
    Map<String, Row> rows = new LinkedHashMap<>();
    for (MatchResult row : ROW.matcher(Files.readString(DOCS)).results().toList()) {
      rows.put(
          row.group(1), new Row(row.group(2).strip(), row.group(3).strip(), row.group(4).strip()));
    }
    return new NightTable(rows);
  }

  /** Writes and prints it. */
  void write() throws IOException {
    StringBuilder table = new StringBuilder(HEAD);
    rows.forEach(
        (alert, row) ->
            table.append(
                "| `%s` | %s | %s | %s |%n"
                    .formatted(alert, row.promise, row.after, row.before)
                    .replace("|  |", "| |")));
    Files.createDirectories(FILE.getParent());
    Files.writeString(FILE, table);
    System.out.print(table);
  }

  /**
   * Fails if the docs do not have the rules of this table, or if an alert rang later here than they
   * promise.
   */
  void assertAsInTheDocs() throws IOException {
    Map<String, Row> documented = inTheDocs().rows;
    List<String> stale = new ArrayList<>();
    rows.forEach(
        (alert, row) -> {
          String difference = row.differs(documented.get(alert));
          if (!difference.isEmpty()) {
            stale.add(alert + ": " + difference);
          }
        });
    documented.keySet().stream()
        .filter(alert -> !rows.containsKey(alert))
        .forEach(alert -> stale.add(alert + ": it is no alert"));
    assertThat(stale)
        .as(
            "the table in %s is not current. Run all of NightIT (mvn verify -Dit.test=NightIT), and"
                + " put what it writes to %s between the marks there.",
            DOCS, FILE)
        .isEmpty();
  }

  /** Fails if an alert was not played. */
  void assertComplete() {
    assertThat(rows.values()).extracting(Row::after).doesNotContain(NOT_PLAYED);
  }

  private static double number(String seconds) {
    return Double.parseDouble(seconds.strip().replace(" s", ""));
  }

  private static String names(Rang rang) {
    List<String> names =
        new TreeSet<>(rang.others()).stream().map(name -> "`" + name + "`").toList();
    return String.join(", ", names);
  }

  private static String seconds(Duration time) {
    return "%.1f s".formatted(time.toMillis() / 1000.0);
  }

  private static String text(Duration time) {
    if (time.isZero()) {
      return "at once";
    }
    return time.toMinutes() % 60 == 0 ? time.toHours() + " h" : time.toMinutes() + " min";
  }
}
