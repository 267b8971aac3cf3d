package dev.clinicnet.operator.ngrok;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The promises of the budget hold for every sequence of calls. */
class BudgetWindowPropertyTest {
  private static final List<Lane> LANES = List.of(Lane.values());
  private static final long WINDOW = BudgetOptions.WINDOW.toNanos();

  private record Grant(long at, Lane lane) {}

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void neverBreaksAPromise(long seed) {
    Random random = new Random(seed);
    BudgetOptions options = BudgetOptions.perMinute(seed % 3 == 0 ? 30 : 120);
    long now = random.nextLong() >> 2;
    BudgetWindow window = new BudgetWindow(options, now);
    Map<Party, Lane> waiting = new HashMap<>();
    List<Ticket> attended = new ArrayList<>();
    List<Party> called = new ArrayList<>();
    List<Grant> underWay = new ArrayList<>();
    List<Grant> answered = new ArrayList<>();
    long pausedUntil = now;
    int grants = 0;

    for (int step = 0; step < 6000; step++) {
      switch (random.nextInt(12)) {
        case 0, 1 -> {
          Party party = party(random);
          Lane lane = LANES.get(1 + random.nextInt(3));
          waiting.put(party, lane);
          Ticket ticket = window.arrive(lane, party, random.nextBoolean(), now);
          if (window.take(ticket, now)) {
            grants++;
            waiting.remove(party);
            underWay.add(new Grant(now, lane));
            assertThat(now).isGreaterThanOrEqualTo(pausedUntil);
          } else {
            window.await(ticket);
          }
          if (random.nextBoolean()) {
            window.ended(party);
          }
        }
        case 2 -> {
          Lane lane = random.nextBoolean() ? Lane.CLOSING : Lane.SWEEP;
          attended.add(window.arrive(lane, Party.OPERATOR, false, now));
        }
        case 3, 4 -> now += (long) (random.nextDouble() * Duration.ofSeconds(3).toNanos());
        case 5 -> {
          long at = window.changesAt(now);
          assertThat(at).isGreaterThanOrEqualTo(now);
          now = at == Long.MAX_VALUE ? now : at;
        }
        case 6 -> {
          Party party = party(random);
          window.leave(party);
          waiting.remove(party);
        }
        case 7 -> {
          if (random.nextInt(100) == 0) {
            Duration wait = Duration.ofSeconds(1 + random.nextInt(61));
            window.throttled(wait, true, now);
            pausedUntil = Math.max(pausedUntil, now + wait.toNanos());
          }
        }
        case 8, 9 -> {
          if (!underWay.isEmpty()) {
            Grant grant = underWay.remove(random.nextInt(underWay.size()));
            window.answered(grant.lane(), now);
            answered.add(new Grant(now, grant.lane()));
          }
        }
        case 10 -> {
          for (Party party : window.call(now, Duration.ofSeconds(10).toNanos())) {
            assertThat(now).isGreaterThanOrEqualTo(pausedUntil);
            assertThat(waiting).containsKey(party);
            called.add(party);
          }
        }
        default -> {
          if (!called.isEmpty()) {
            window.ended(called.remove(random.nextInt(called.size())));
          }
        }
      }
      for (Ticket next = window.next(now);
          next != null && next.isAttended();
          next = window.next(now)) {
        assertThat(attended.remove(next)).isTrue();
        assertThat(now).isGreaterThanOrEqualTo(pausedUntil);
        assertThat(window.take(next, now)).isTrue();
        grants++;
        underWay.add(new Grant(now, next.lane()));
      }
      assertThat(window.used(now)).isLessThanOrEqualTo(options.permits());
      assertBounds(answered, underWay, options, now);
    }
    assertThat(grants).isGreaterThan(options.permits());
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23})
  void everyLaneIsServedInTheEnd(long seed) {
    Random random = new Random(seed);
    BudgetWindow window = new BudgetWindow(BudgetOptions.perMinute(120), 0);
    Set<Party> waiting = new HashSet<>();
    for (int i = 0; i < 400; i++) {
      Party party = new Party("n" + random.nextInt(3), "c" + i, "Clinic", "c" + i);
      window.await(window.arrive(LANES.get(1 + random.nextInt(3)), party, false, 0));
      waiting.add(party);
    }
    long now = 0;
    while (!waiting.isEmpty()) {
      long at = window.changesAt(now);
      assertThat(at).isLessThan(now + 2 * WINDOW);
      now = at;
      for (Party party : window.call(now, WINDOW)) {
        waiting.remove(party);
        // The permit is good for its own lane and for earlier ones.
        Ticket ticket = window.arrive(Lane.DELETING, party, false, now);
        assertThat(window.take(ticket, now)).isTrue();
        window.answered(ticket.lane(), now);
        window.ended(party);
      }
    }
    assertThat(now).isLessThan(5 * WINDOW);
  }

  private static Party party(Random random) {
    String clinic = "c" + random.nextInt(40);
    return new Party("n" + random.nextInt(3), clinic, "ClinicService", "s" + random.nextInt(3));
  }

  /** The platform counts a request at some time between the grant and the answer. */
  private static void assertBounds(
      List<Grant> answered, List<Grant> underWay, BudgetOptions options, long now) {
    List<Grant> inWindow =
        Stream.concat(
                answered.stream().filter(grant -> grant.at() > now - WINDOW), underWay.stream())
            .toList();
    assertThat(inWindow.size()).isLessThanOrEqualTo(options.permits());
    assertThat(inWindow.stream().filter(grant -> grant.lane() == Lane.SWEEP).count())
        .isLessThanOrEqualTo(options.sweepShare(options.permits()));
  }
}
