package dev.clinicnet.operator.suggestion;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Suggests a name in place of an unknown one. */
public final class NearestName {

  private NearestName() {}

  /** As in {@code ; did you mean req.host?}, or nothing when none is near. */
  public static String hint(String name, Collection<String> known) {
    return of(name, known).map(candidate -> "; did you mean " + candidate + "?").orElse("");
  }

  /** The nearest name. The longer a name is, the more letters may be wrong. */
  public static Optional<String> of(String name, Collection<String> known) {
    return of(name, known, Math.max(1, name.length() / 4));
  }

  /** The nearest name that is at most so many edits away. */
  public static Optional<String> of(String name, Collection<String> known, int edits) {
    return known.stream()
        .filter(candidate -> distance(name, candidate) <= edits)
        .min(
            Comparator.<String>comparingInt(candidate -> distance(name, candidate))
                .thenComparing(candidate -> !beginsAlike(name, candidate))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** People rarely get the first letter wrong. */
  private static boolean beginsAlike(String name, String candidate) {
    return name.regionMatches(true, 0, candidate, 0, 1);
  }

  /**
   * The number of edits between the two. Upper and lower case are the same, and two swapped letters
   * are one edit.
   */
  private static int distance(String a, String b) {
    String left = a.toLowerCase(Locale.ROOT);
    String right = b.toLowerCase(Locale.ROOT);
    int[][] edits = new int[left.length() + 1][right.length() + 1];
    for (int i = 0; i <= left.length(); i++) {
      for (int j = 0; j <= right.length(); j++) {
        edits[i][j] = i == 0 || j == 0 ? i + j : edits(edits, left, right, i, j);
      }
    }
    return edits[left.length()][right.length()];
  }

  private static int edits(int[][] edits, String left, String right, int i, int j) {
    boolean same = left.charAt(i - 1) == right.charAt(j - 1);
    int fewest = Math.min(edits[i - 1][j], edits[i][j - 1]) + 1;
    fewest = Math.min(fewest, edits[i - 1][j - 1] + (same ? 0 : 1));
    boolean swapped =
        i > 1
            && j > 1
            && left.charAt(i - 1) == right.charAt(j - 2)
            && left.charAt(i - 2) == right.charAt(j - 1);
    return swapped ? Math.min(fewest, edits[i - 2][j - 2] + 1) : fewest;
  }
}
