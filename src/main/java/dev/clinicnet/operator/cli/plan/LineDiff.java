package dev.clinicnet.operator.cli.plan;

import java.util.ArrayList;
import java.util.List;

/** The differences between two texts, line by line. */
final class LineDiff {
  private static final int CONTEXT = 3;

  /** The number of pairs of lines above which the shortest difference is not computed. */
  private static final long MOST_PAIRS = 4_000_000;

  private final List<String> before;
  private final List<String> after;
  private final List<String> lines = new ArrayList<>();

  private LineDiff(List<String> before, List<String> after) {
    this.before = before;
    this.after = after;
  }

  /** The lines with a sign in front: minus, plus, or a blank for the few lines around them. */
  static List<String> of(List<String> before, List<String> after) {
    LineDiff diff = new LineDiff(before, after);
    diff.compare();
    return abridged(diff.lines);
  }

  private void compare() {
    int start = 0;
    int shorter = Math.min(before.size(), after.size());
    while (start < shorter && before.get(start).equals(after.get(start))) {
      start++;
    }
    int end = 0;
    while (end < shorter - start
        && before.get(before.size() - 1 - end).equals(after.get(after.size() - 1 - end))) {
      end++;
    }
    before.subList(0, start).forEach(line -> lines.add("  " + line));
    middle(before.subList(start, before.size() - end), after.subList(start, after.size() - end));
    before.subList(before.size() - end, before.size()).forEach(line -> lines.add("  " + line));
  }

  private void middle(List<String> old, List<String> fresh) {
    int i = 0;
    int j = 0;
    if ((long) old.size() * fresh.size() <= MOST_PAIRS) {
      int[][] common = common(old, fresh);
      while (i < old.size() && j < fresh.size()) {
        if (old.get(i).equals(fresh.get(j))) {
          lines.add("  " + old.get(i++));
          j++;
        } else if (common[i + 1][j] >= common[i][j + 1]) {
          lines.add("- " + old.get(i++));
        } else {
          lines.add("+ " + fresh.get(j++));
        }
      }
    }
    old.subList(i, old.size()).forEach(line -> lines.add("- " + line));
    fresh.subList(j, fresh.size()).forEach(line -> lines.add("+ " + line));
  }

  /** The number of common lines, in order, of the two rests from each pair of positions. */
  private static int[][] common(List<String> old, List<String> fresh) {
    int[][] common = new int[old.size() + 1][fresh.size() + 1];
    for (int i = old.size() - 1; i >= 0; i--) {
      for (int j = fresh.size() - 1; j >= 0; j--) {
        common[i][j] =
            old.get(i).equals(fresh.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    return common;
  }

  /** The lines without those that are far from every difference. */
  private static List<String> abridged(List<String> lines) {
    List<String> kept = new ArrayList<>();
    boolean skipped = false;
    for (int i = 0; i < lines.size(); i++) {
      int from = Math.max(0, i - CONTEXT);
      int to = Math.min(lines.size(), i + CONTEXT + 1);
      if (lines.subList(from, to).stream().anyMatch(line -> !line.startsWith(" "))) {
        kept.add(lines.get(i));
        skipped = false;
      } else if (!skipped) {
        kept.add("  ...");
        skipped = true;
      }
    }
    return kept;
  }
}
