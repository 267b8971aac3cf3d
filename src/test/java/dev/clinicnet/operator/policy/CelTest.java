package dev.clinicnet.operator.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CelTest {

  private static final String ALPHABET = "ab/'\"\\`$}#%\n\r\t\0\u007f\u0085\u2028\u00e9\uffff";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "'",
        "\"",
        "\\",
        "\\'",
        "\\\\'",
        "' + 'x",
        "') || true || ('",
        "'''",
        "\n",
        "\\u0027",
        "\u0000",
        "$",
        "$ {",
        "{}",
        "é\u2028😀",
        "/api"
      })
  void literalsEvaluateToTheValueTheyQuote(String value) {
    assertThat(CelProbe.string(Cel.quote(value))).isEqualTo(value);
  }

  @Test
  void randomValuesSurviveAloneAndInPathExpressions() {
    Random random = new Random(20261123);
    for (int i = 0; i < 400; i++) {
      String value = randomValue(random);
      String literal = Cel.quote(value);
      assertThat(literal).matches("'[ -~]*'").doesNotContain("${");
      assertThat(CelProbe.string(literal)).isEqualTo(value);
      String under = PathRestriction.under(value);
      assertThat(CelProbe.holds(under, value, "")).isTrue();
      assertThat(CelProbe.holds(under, value + "/x", "")).isTrue();
      assertThat(CelProbe.holds(under, value + "x", "")).isFalse();
      assertThat(CelProbe.holds(under, "elsewhere", "")).isFalse();
    }
  }

  @Test
  void refusesInterpolationNamingTheValue() {
    assertThatThrownBy(() -> Cel.quote("a${secrets.get('v','k')}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a${secrets.get('v','k')}");
  }

  @Test
  void refusesHalfACharacter() {
    assertThatThrownBy(() -> Cel.quote("a\ud83d"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("U+D83D");
  }

  private static String randomValue(Random random) {
    StringBuilder value = new StringBuilder("/");
    int length = random.nextInt(24);
    for (int i = 0; i < length; i++) {
      switch (random.nextInt(4)) {
        case 0 -> value.append((char) random.nextInt(128));
        case 1 -> value.appendCodePoint(0x10000 + random.nextInt(0x10000));
        case 2 -> value.append((char) (0xa0 + random.nextInt(0xd700)));
        default -> value.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
      }
    }
    return value.toString().replace("${", "$");
  }
}
