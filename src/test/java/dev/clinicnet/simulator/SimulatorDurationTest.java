package dev.clinicnet.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatorDurationTest {

  @ParameterizedTest
  @CsvSource({"0, PT0S", "500ms, PT0.5S", "90s, PT90S", "1m30s, PT90S", "7d, PT168H"})
  void readsOneOrSeveralParts(String text, Duration duration) {
    assertThat(SimulatorDuration.parse(text)).isEqualTo(duration);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "1m30", "s", "1y", "-1s", "1m 30s"})
  void refusesWhatIsNone(String text) {
    assertThatThrownBy(() -> SimulatorDuration.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1m30s");
  }
}
