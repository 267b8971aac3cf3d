package dev.clinicnet.operator.policy;

import java.util.List;
import java.util.Random;

/** Values that somebody might write to have an expression say something else. */
public final class NastyText {
  private static final List<String> PIECES =
      List.of(
          "'",
          "\"",
          "\\",
          "\\'",
          "'''",
          "\"\"\"",
          "\n",
          "\r",
          "\t",
          "\0",
          "$",
          "{",
          "}",
          "${",
          "$${",
          "$ {",
          "}}",
          "//",
          "/",
          ".",
          "..",
          "%2e",
          "@",
          ":",
          ",",
          "' || true || '",
          "') || (true",
          "\") || (\"",
          "') == ''",
          "r'",
          "b'",
          "\\u0027",
          "\\x27",
          "\\047",
          "\u2028",
          "\u00e4",
          "\u6f22",
          "\ud83d\ude00",
          "\u202e",
          "\ufeff",
          "\uff07",
          "${secrets.get('a','b')}",
          "${true}",
          "a",
          "Z",
          "0",
          " ",
          "-",
          "_",
          "# ",
          "&&",
          "!(",
          ")",
          "]",
          "\"}]},",
          "true",
          "clinicnet.com",
          "example",
          "https://",
          ".internal");

  private final Random random;

  /** Values that a seed decides on. */
  public NastyText(long seed) {
    random = new Random(seed);
  }

  /** The next one; with a beginning that is well formed, so that more get through. */
  public String next(String beginning) {
    StringBuilder text = new StringBuilder(random.nextInt(3) > 0 ? beginning : "");
    for (int pieces = random.nextInt(6); pieces >= 0; pieces--) {
      if (random.nextInt(5) > 0) {
        text.append(PIECES.get(random.nextInt(PIECES.size())));
      } else {
        text.appendCodePoint(random.nextInt(Character.MAX_CODE_POINT + 1));
      }
    }
    return text.toString();
  }
}
