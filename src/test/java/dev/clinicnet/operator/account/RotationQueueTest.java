package dev.clinicnet.operator.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.inventory.Owner;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RotationQueueTest {
  private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final RotationQueue queue = new RotationQueue();

  @Test
  void itWaitsAMinuteForOlderOnesAndThenTenBegin() {
    for (int i = 0; i <= RotationQueue.PER_MINUTE; i++) {
      assertThat(queue.turn(clinic(i), age(i), NOW)).isEqualTo(NOW.plus(MINUTE));
    }

    Instant later = NOW.plus(MINUTE);
    for (int i = 0; i < RotationQueue.PER_MINUTE; i++) {
      assertThat(queue.turn(clinic(i), age(i), later)).isEqualTo(later);
    }
    assertThat(queue.turn(clinic(10), age(10), later))
        .isBetween(later.plus(MINUTE), later.plusSeconds(70));
    assertThat(queue.turn(clinic(10), age(10), later.plusSeconds(70)))
        .isEqualTo(later.plusSeconds(70));
  }

  @Test
  void theAnswerStaysTheSameWhileTheRotationGoesOn() {
    for (int pass = 0; pass < 50; pass++) {
      Instant later = NOW.plusSeconds(pass);
      assertThat(queue.turn(clinic(1), Instant.EPOCH, later)).isEqualTo(later);
    }
    for (int i = 2; i <= RotationQueue.PER_MINUTE; i++) {
      assertThat(queue.turn(clinic(i), Instant.EPOCH, NOW.plusSeconds(50)))
          .isEqualTo(NOW.plusSeconds(50));
    }
    assertThat(queue.turn(clinic(11), Instant.EPOCH, NOW.plusSeconds(50)))
        .isAfter(NOW.plusSeconds(50));
  }

  @Test
  void aThousandBeginOldestFirstAndNeverMoreThanTenInAMinute() {
    Map<Integer, Instant> asks = new HashMap<>();
    for (int i = 0; i < 1000; i++) {
      asks.put(i, NOW);
    }
    List<Integer> begun = new ArrayList<>();
    for (Instant now = NOW; !asks.isEmpty(); now = now.plusSeconds(5)) {
      Instant moment = now;
      List<Integer> due =
          asks.entrySet().stream()
              .filter(entry -> !moment.isBefore(entry.getValue()))
              .map(Map.Entry::getKey)
              .sorted((a, b) -> Integer.compare(b, a))
              .toList();
      for (int i : due) {
        Instant turn = queue.turn(clinic(i), age(i), moment);
        if (turn.equals(moment)) {
          begun.add(i);
          asks.remove(i);
          queue.leave(clinic(i));
        } else {
          asks.put(i, turn);
        }
      }
      assertThat(begun.size())
          .isLessThanOrEqualTo(
              (int) (RotationQueue.PER_MINUTE * (1 + Duration.between(NOW, moment).toMinutes())));
    }
    for (int place = 0; place < begun.size(); place++) {
      assertThat(begun.get(place))
          .isBetween(place - RotationQueue.PER_MINUTE, place + RotationQueue.PER_MINUTE);
    }
  }

  @Test
  void whatAPersonAskedForGoesFirst() {
    fillTheMinute();
    for (int i = 100; i < 200; i++) {
      queue.turn(clinic(i), age(i), NOW);
    }

    Instant turn = queue.turn(clinic(500), Instant.EPOCH, NOW);
    assertThat(turn).isBetween(NOW.plus(MINUTE), NOW.plusSeconds(70));
    assertThat(queue.turn(clinic(500), Instant.EPOCH, turn)).isEqualTo(turn);
  }

  @Test
  void thoseThatFailDoNotHoldUpTheOthers() {
    // Given ten that were admitted and could not rotate, and one that waits
    fillTheMinute();
    queue.turn(clinic(99), age(99), NOW);
    // When they ask again before it
    Instant later = NOW.plus(MINUTE);
    for (int i = 0; i < RotationQueue.PER_MINUTE - 1; i++) {
      assertThat(queue.turn(clinic(i), Instant.EPOCH, later)).isEqualTo(later);
    }
    // Then a place is left for it
    assertThat(queue.turn(clinic(9), Instant.EPOCH, later)).isAfter(later);
    assertThat(queue.turn(clinic(99), age(99), later)).isEqualTo(later);
  }

  @Test
  void oneThatNeverAsksAgainDoesNotHoldUpTheOthers() {
    for (int i = 20; i < 40; i++) {
      queue.turn(clinic(i), age(i), NOW);
    }

    Instant later = NOW.plus(Duration.ofMinutes(5));
    queue.turn(clinic(99), age(99), later);
    assertThat(queue.turn(clinic(99), age(99), later.plus(MINUTE))).isEqualTo(later.plus(MINUTE));
  }

  @Test
  void aPlanAdmitsAll() {
    RotationQueue all = RotationQueue.unlimited();
    for (int i = 0; i < 100; i++) {
      assertThat(all.turn(clinic(i), age(i), NOW)).isEqualTo(NOW);
    }
  }

  private void fillTheMinute() {
    for (int i = 0; i < RotationQueue.PER_MINUTE; i++) {
      queue.turn(clinic(i), Instant.EPOCH, NOW);
    }
  }

  /** A clinic with a smaller number has an older authtoken. */
  private static Instant age(int number) {
    return NOW.minus(Duration.ofDays(2000 - number));
  }

  private static Owner clinic(int number) {
    return new Owner("Clinic", "clinics", "clinic" + number);
  }
}
