package dev.clinicnet.operator.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a manifest says, an expression of ours means what it meant. */
class PolicyQuotingTest {

  private static final int CASES = 250;

  private static final String[] PIECES = {
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
    "$ {",
    "//",
    "' || true || '",
    "') == ''",
    "r'",
    "\\u0027",
    "\\x27",
    "\\047",
    "\u2028",
    "\u00e4",
    "\u6f22",
    "\ud83d\ude00",
    "\u202e",
    "\ufeff",
    "secrets.get('a','b')",
    "a",
    "Z",
    "0",
    "/",
    ".",
    " ",
    "%2e"
  };

  @ParameterizedTest
  @ValueSource(longs = {1, 22, 333, 4444})
  void quotingNeverChangesAnExpression(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < CASES; i++) {
      String value = value(random);
      String quoted = Cel.quote(value);

      assertThat(CelProbe.string(quoted)).as("seed %d, case %d", seed, i).isEqualTo(value);
      assertThat(CelProbe.string("'<' + " + quoted + " + '>'"))
          .as("seed %d, case %d", seed, i)
          .isEqualTo("<" + value + ">");
      assertThat(CelProbe.holds("req.url.path == " + quoted, value, ""))
          .as("seed %d, case %d", seed, i)
          .isTrue();
      assertThat(CelProbe.holds("req.url.path == " + quoted + " && true", value + "x", ""))
          .as("seed %d, case %d", seed, i)
          .isFalse();
    }
  }

  private static String value(Random random) {
    StringBuilder value = new StringBuilder();
    for (int pieces = random.nextInt(8); pieces > 0; pieces--) {
      if (random.nextInt(4) > 0) {
        value.append(PIECES[random.nextInt(PIECES.length)]);
      } else {
        int codePoint = random.nextInt(Character.MAX_CODE_POINT + 1);
        boolean half = Character.getType(codePoint) == Character.SURROGATE;
        value.appendCodePoint(half ? 'h' : codePoint);
      }
    }
    // What opens an interpolation is refused, and has a test of its own.
    return value.toString().replace("${", "$");
  }
}
