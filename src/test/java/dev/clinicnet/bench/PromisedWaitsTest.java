package dev.clinicnet.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clinicnet.simulator.MutableClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PromisedWaitsTest {
  private static final String TEXT =
      "It waits for the request budget of this ngrok account, for about %s from"
          + " 2026-11-30T10:00:00Z on.";

  private final MutableClock clock = new MutableClock(Instant.parse("2026-11-30T10:00:00Z"));
  private final PromisedWaits waits = new PromisedWaits(clock);

  @Test
  void comparesTheFirstPromiseWithTheRealWait() {
    waits.said("a", TEXT.formatted("2 minutes"));
    waits.said("a", TEXT.formatted("10 minutes"));
    waits.said("b", TEXT.formatted("30 seconds"));
    waits.said("c", "The manifest is valid.");
    clock.advance(Duration.ofMinutes(1));
    waits.ready("a");
    waits.ready("b");
    waits.ready("b");
    waits.ready("c");

    assertThat(waits.factors()).containsExactlyInAnyOrder(2.0, 2.0);
    Figures figures = new Figures();
    waits.into(figures);
    assertThat(figures.get("promises", "p90 of the factor between promise and wait"))
        .isCloseTo(2.0, within(0.001));
  }

  @Test
  void shortWaitsDoNotCount() {
    waits.said("a", TEXT.formatted("10 seconds"));
    clock.advance(Duration.ofSeconds(1));
    waits.ready("a");
    assertThat(waits.factors()).isEmpty();
  }
}
