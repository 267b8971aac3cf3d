package dev.clinicnet.operator.ngrok;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.ngrok.BudgetWindow.Ticket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
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
    Map<Lane, List<Ticket>> queues = new EnumMap<>(Lane.class);
    for (Lane lane : Lane.values()) {
      queues.put(lane, new ArrayList<>());
    }
    List<Grant> grants = new ArrayList<>();
    Map<Lane, Long> appointed = new EnumMap<>(Lane.class);
    long pausedUntil = now;

    for (int step = 0; step < 4000; step++) {
      switch (random.nextInt(13)) {
        case 0, 1, 2, 3, 4, 5 -> {
          Lane lane = LANES.get(random.nextInt(4));
          int many = random.nextInt(30) == 0 ? 200 : 1;
          for (int i = 0; i < many; i++) {
            queues.get(lane).add(window.join(lane));
          }
        }
        case 6, 7 -> now += (long) (random.nextDouble() * Duration.ofSeconds(3).toNanos());
        case 8 -> {
          long at = window.changesAt(now);
          assertThat(at).isGreaterThanOrEqualTo(now);
          now = at == Long.MAX_VALUE ? now : at;
        }
        case 9 -> {
          List<Ticket> queue = queues.get(LANES.get(random.nextInt(4)));
          if (!queue.isEmpty()) {
            window.leave(queue.remove(random.nextInt(queue.size())));
          }
        }
        case 10 -> {
          if (random.nextInt(100) == 0) {
            Duration wait = Duration.ofSeconds(1 + random.nextInt(61));
            window.throttled(wait, now);
            pausedUntil = Math.max(pausedUntil, now + wait.toNanos());
          }
        }
        case 11 -> {
          List<Ticket> queue = queues.get(random.nextBoolean() ? Lane.BULK : Lane.CHANGE);
          if (!queue.isEmpty()) {
            Ticket ticket = queue.get(random.nextInt(queue.size()));
            long estimate = window.estimate(ticket, now).toNanos();
            long at = now + window.appoint(ticket, now).toNanos();
            assertThat(at)
                .as("not before there is a chance")
                .isGreaterThanOrEqualTo(now + estimate);
            Long before = appointed.put(ticket.lane(), at);
            assertThat(at - now == estimate || at - before == options.pace(ticket.lane()).toNanos())
                .as("apart from the one before")
                .isTrue();
          }
        }
        default -> {}
      }
      for (Ticket next = window.next(now); next != null; next = window.next(now)) {
        assertThat(queues.get(next.lane()).remove(0)).as("first of its lane").isSameAs(next);
        assertThat(now).isGreaterThanOrEqualTo(pausedUntil);
        for (Lane earlier : Lane.values()) {
          if (earlier.compareTo(next.lane()) < 0 && !queues.get(earlier).isEmpty()) {
            assertThat(window.opensAt(earlier, now)).as("not its turn").isGreaterThan(now);
          }
        }
        assertThat(window.take(next, now)).isTrue();
        grants.add(new Grant(now, next.lane()));
        assertThat(window.used(now)).isLessThanOrEqualTo(options.permits());
        assertBounds(grants, options);
      }
    }
    assertThat(grants).hasSizeGreaterThan(options.permits());
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23})
  void everyLaneIsServedInTheEndWhenAskingIsModerate(long seed) {
    Random random = new Random(seed);
    BudgetWindow window = new BudgetWindow(BudgetOptions.perMinute(120), 0);
    List<Ticket> waiting = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      waiting.add(window.join(LANES.get(random.nextInt(4))));
    }
    long now = 0;
    while (!waiting.isEmpty()) {
      long at = window.changesAt(now);
      assertThat(at).isLessThan(now + 2 * WINDOW);
      now = at;
      Ticket next = window.next(now);
      if (next != null) {
        assertThat(window.take(next, now)).isTrue();
        waiting.remove(next);
      }
    }
    assertThat(now).isLessThan(10 * WINDOW);
  }

  /** Counts back from the newest grant. Every window that ends with a grant is checked in turn. */
  private static void assertBounds(List<Grant> grants, BudgetOptions options) {
    long end = grants.get(grants.size() - 1).at();
    int all = 0;
    int sweeps = 0;
    for (int i = grants.size() - 1; i >= 0 && grants.get(i).at() > end - WINDOW; i--) {
      all++;
      sweeps += grants.get(i).lane() == Lane.SWEEP ? 1 : 0;
    }
    Lane last = grants.get(grants.size() - 1).lane();
    assertThat(all).isLessThanOrEqualTo(options.limit(last));
    assertThat(sweeps).isLessThanOrEqualTo(options.sweepShare());
  }
}
