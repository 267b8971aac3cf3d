package dev.clinicnet.operator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

  @ParameterizedTest
  @CsvSource({
    "0,         PT0S",
    "0s,        PT0S",
    "24h,       PT24H",
    "1h30m,     PT1H30M",
    "90m,       PT1H30M",
    "500ms,     PT0.5S",
    "1m500ms,   PT1M0.5S",
    "1m5s,      PT1M5S",
    "30m1h,     PT1H30M",
    "1h1h,      PT2H",
    "008760h,   PT8760H",
    "999999999999h, PT999999999999H",
    "31536000000ms, PT8760H",
  })
  void readsWhatManifestsAndOptionsWrite(String text, String expected) {
    assertThat(Durations.parse(text)).isEqualTo(Duration.parse(expected));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        " ",
        "h",
        "1",
        "1d",
        "24H",
        "-1h",
        "1.5h",
        "1h ",
        " 1h",
        "1h 30m",
        "h1",
        "1hm",
        "1234567890123h",
        "٣h",
        "00"
      })
  void refusesWhatIsNoDurationAndTellsHowToWriteOne(String text) {
    assertThatThrownBy(() -> Durations.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("24h");
  }
}
