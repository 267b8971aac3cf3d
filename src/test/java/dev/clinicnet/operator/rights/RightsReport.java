package dev.clinicnet.operator.rights;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Compares granted rights with used and missing ones. */
final class RightsReport {
  private final SortedMap<Right, Integer> uses = new TreeMap<>();
  private final SortedMap<String, Integer> problems = new TreeMap<>();

  /** A report on these rights, none of which is used yet. */
  RightsReport(SortedSet<Right> granted) {
    granted.forEach(right -> uses.put(right, 0));
  }

  /** Adds a line of an audit log. */
  void read(String line) {
    AuditLine.parse(line).ifPresent(this::count);
  }

  /** The unused rights. */
  List<Right> unused() {
    return uses.entrySet().stream()
        .filter(entry -> entry.getValue() == 0)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The requests without one of these rights, with their numbers. */
  SortedMap<String, Integer> problems() {
    return problems;
  }

  /** The problem in a sentence; empty if there is none. */
  String problem() {
    StringBuilder problem = new StringBuilder();
    if (!unused().isEmpty()) {
      problem.append("deploy grants what no test uses: ").append(names(unused())).append(".");
    }
    if (!problems.isEmpty()) {
      problem.append(" Tests did what deploy does not grant: ").append(problems).append(".");
    }
    return problem.toString();
  }

  /** The whole report as a table. */
  String text() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("PERMISSION", "GRANTED BY", "USED"));
    uses.forEach(
        (right, count) ->
            rows.add(
                List.of(
                    right.verb() + " " + right.object(), right.role(), Integer.toString(count))));
    int first = rows.stream().mapToInt(row -> row.get(0).length()).max().orElse(0);
    String format = "%-" + first + "s  %-11s  %6s";
    return rows.stream()
        .map(row -> String.format(format, row.toArray()))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static String names(List<Right> rights) {
    return rights.stream()
        .map(right -> right.verb() + " " + right.object())
        .collect(Collectors.joining(", "));
  }

  private void count(AuditLine line) {
    if (line.isForEverybody()) {
      return;
    }
    if (line.refusal() != null) {
      problems.merge("refused: " + line.refusal(), 1, Integer::sum);
      return;
    }
    count(line.right());
    if (line.created()) {
      count(line.right().toCreate());
    }
  }

  private void count(Right used) {
    uses.keySet().stream()
        .filter(granted -> granted.covers(used))
        .findFirst()
        .ifPresentOrElse(
            granted -> uses.merge(granted, 1, Integer::sum),
            () -> problems.merge("allowed by another rule: " + used, 1, Integer::sum));
  }
}
