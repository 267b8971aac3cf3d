package dev.clinicnet.operator.fleetpage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MomentsTest {
  @ParameterizedTest
  @CsvSource({
    "-5, 0 s",
    "59, 59 s",
    "60, 1 min",
    "3599, 59 min",
    "3600, 1 h",
    "11520, 3 h 12 min",
    "172799, 47 h 59 min",
    "172800, 2 d",
    "190800, 2 d 5 h"
  })
  void aSpanHasItsTwoLargestUnits(long seconds, String text) {
    assertThat(Moments.span(Duration.ofSeconds(seconds))).isEqualTo(text);
  }
}
