package dev.clinicnet.operator.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No value of a manifest changes the meaning of our expressions. */
class PolicyQuotingTest {

  private static final int CASES = 250;

  @ParameterizedTest
  @ValueSource(longs = {1, 22, 333, 4444})
  void quotingNeverChangesAnExpression(long seed) {
    NastyText texts = new NastyText(seed);
    for (int i = 0; i < CASES; i++) {
      String value = value(texts);
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

  /**
   * A text that opens an interpolation is refused, and has a separate test. Half a surrogate pair
   * is not a text.
   */
  private static String value(NastyText texts) {
    return texts.next("").replaceAll("\\p{Cs}", "h").replace("${", "$");
  }
}
