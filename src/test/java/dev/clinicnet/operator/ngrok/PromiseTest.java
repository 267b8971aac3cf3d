package dev.clinicnet.operator.ngrok;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PromiseTest {
  private static final Instant NOW = Instant.parse("2026-11-30T10:00:00.700Z");

  @ParameterizedTest
  @CsvSource({
    "0, 10 seconds",
    "12, 10 seconds",
    "20, 30 seconds",
    "59, 1 minute",
    "170, 3 minutes",
    "400, 7 minutes",
    "3000, 45 minutes",
    "3300, 1 hour",
    "7000, 2 hours",
    "40000, 11 hours"
  })
  void tellsARoundValue(long seconds, String span) {
    assertThat(Promise.of(NOW, Duration.ofSeconds(seconds)).text())
        .isEqualTo(
            "It waits for the request budget of this ngrok account, for about "
                + span
                + " from 2026-11-30T10:00:00Z on.");
  }

  @Test
  void aRoundValueIsNeverWrongByHalf() {
    for (int seconds = 8; seconds < 100_000; seconds += 7) {
      double told = Promise.of(NOW, Duration.ofSeconds(seconds)).about().toSeconds();
      assertThat(told / seconds).isBetween(0.57, 1.75);
    }
  }

  @Test
  void holdsWhileTimePassesAsItWasTold() {
    Promise promise = Promise.of(NOW, Duration.ofMinutes(10));
    for (int minutes = 0; minutes <= 10; minutes++) {
      assertThat(promise.holds(NOW.plusSeconds(60L * minutes), Duration.ofMinutes(10 - minutes)))
          .isTrue();
    }
  }

  @Test
  void aWaitThatEndsEarlyIsMeasuredAsAWhole() {
    Promise promise = Promise.of(NOW, Duration.ofMinutes(10));
    assertThat(promise.holds(NOW.plusSeconds(360), Duration.ofSeconds(1))).as("6 of 10").isTrue();
    assertThat(promise.holds(NOW.plusSeconds(200), Duration.ofSeconds(1))).as("3 of 10").isFalse();
  }

  @Test
  void doesNotHoldWhenItIsWrongByMoreThanAFactorOfTwo() {
    Promise promise = Promise.of(NOW, Duration.ofMinutes(10));
    assertThat(promise.holds(NOW, Duration.ofMinutes(19))).isTrue();
    assertThat(promise.holds(NOW, Duration.ofMinutes(21))).isFalse();
    assertThat(promise.holds(NOW, Duration.ofMinutes(4))).isFalse();
    assertThat(promise.holds(NOW.plusSeconds(900), Duration.ofMinutes(1))).as("over").isFalse();
  }
}
