package dev.clinicnet.operator.rights;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What was granted, against what was used and what was missing. */
final class RightsReport {
  private final SortedMap<Right, Integer> uses = new TreeMap<>();
  private final SortedMap<String, Integer> problems = new TreeMap<>();

  /** A report on these rights, none of which is used yet. */
  RightsReport(SortedSet<Right> granted) {
    granted.forEach(right -> uses.put(right, 0));
  }

  /** Takes a line of an audit log into account. */
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

  /** What was done, or tried, without one of these rights, and how often. */
  SortedMap<String, Integer> problems() {
    return problems;
  }

  /** What is wrong, in a sentence; empty when nothing is. */
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

  /** Everything, as a table. */
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
