package dev.clinicnet.operator.fleetpage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.fleetpage.BudgetHistory.Minute;
import dev.clinicnet.operator.ngrok.Failure;
import dev.clinicnet.operator.ngrok.Lane;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class BudgetHistoryTest {
  private Instant now = Instant.parse("2026-11-29T03:00:30Z");

  private final BudgetHistory history =
      new BudgetHistory(
          new Clock() {
            @Override
            public Instant instant() {
              return now;
            }

            @Override
            public ZoneId getZone() {
              return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
              return this;
            }
          });

  @Test
  void requestsAreCountedByTheirUrgencyInTheirMinute() {
    history.waited(Lane.CLOSING, Duration.ZERO);
    history.waited(Lane.DELETING, Duration.ofSeconds(2));
    history.waited(Lane.CHANGE, Duration.ofSeconds(1));
    history.waited(Lane.BULK, Duration.ZERO);
    history.waited(Lane.SWEEP, Duration.ZERO);
    history.requested("endpoints", "GET", null, Duration.ZERO);
    now = now.plusSeconds(60);
    history.requested("endpoints", "GET", Failure.THROTTLED, Duration.ZERO);

    assertThat(history.last(3))
        .containsExactly(
            Minute.empty(Instant.parse("2026-11-29T02:59:00Z")),
            new Minute(Instant.parse("2026-11-29T03:00:00Z"), 2, 2, 1, 0, Duration.ofSeconds(2)),
            new Minute(Instant.parse("2026-11-29T03:01:00Z"), 0, 0, 0, 1, Duration.ZERO));
  }

  @Test
  void whatIsOlderThanItsReachIsForgotten() {
    history.waited(Lane.SWEEP, Duration.ZERO);
    now = now.plus(BudgetHistory.REACH);

    assertThat(history.last(100_000)).hasSize(360).allMatch(minute -> minute.sent() == 0);
  }

  @Test
  void aBarThatStandsForSeveralMinutesIsTheBusiestOfThem() {
    Instant start = Instant.EPOCH;
    List<Minute> minutes =
        List.of(
            new Minute(start, 0, 5, 0, 1, Duration.ofSeconds(9)),
            new Minute(start.plusSeconds(60), 1, 2, 30, 0, Duration.ZERO),
            Minute.empty(start.plusSeconds(120)));

    assertThat(BudgetPlot.condensed(minutes, 2))
        .containsExactly(
            new Minute(start, 1, 2, 30, 1, Duration.ofSeconds(9)),
            Minute.empty(start.plusSeconds(120)));
  }
}
