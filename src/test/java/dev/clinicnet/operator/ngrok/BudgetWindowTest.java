package dev.clinicnet.operator.ngrok;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.ngrok.BudgetWindow.Ticket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BudgetWindowTest {
  private static final long START = -5_000_000_000L;
  private static final Duration WINDOW = BudgetOptions.WINDOW;

  private final BudgetOptions fresh = BudgetOptions.perMinute(120).withFreshStart();
  private long now = START;

  @Test
  void servesEarlierLanesFirstAndInOrderInsideALane() {
    BudgetWindow window = new BudgetWindow(fresh, now);
    Ticket sweep = window.join(Lane.SWEEP);
    Ticket bulk = window.join(Lane.BULK);
    Ticket change1 = window.join(Lane.CHANGE);
    Ticket change2 = window.join(Lane.CHANGE);
    Ticket closing = window.join(Lane.CLOSING);

    List<Ticket> order = new ArrayList<>();
    while (window.next(now) != null) {
      Ticket next = window.next(now);
      assertThat(window.take(next, now)).isTrue();
      order.add(next);
    }
    assertThat(order).containsExactly(closing, change1, change2, bulk, sweep);
  }

  @Test
  void refusesATicketWhoseTurnItIsNotAndUsesNoPermit() {
    BudgetWindow window = new BudgetWindow(fresh, now);
    Ticket bulk = window.join(Lane.BULK);
    Ticket closing = window.join(Lane.CLOSING);
    assertThat(window.take(bulk, now)).isFalse();
    assertThat(window.used(now)).isZero();
    window.leave(closing);
    assertThat(window.take(bulk, now)).isTrue();
    assertThat(window.used(now)).isEqualTo(1);
  }

  @Test
  void keepsTheLastPermitsForClosing() {
    BudgetWindow window = new BudgetWindow(fresh, now);
    assertThat(grantsAt(window, Lane.CHANGE, now)).isEqualTo(110);
    assertThat(grantsAt(window, Lane.CLOSING, now)).isEqualTo(10);
    assertThat(window.opensAt(Lane.CLOSING, now)).isEqualTo(now + WINDOW.toNanos());
    assertThat(grantsAt(window, Lane.CLOSING, now + WINDOW.toNanos())).isEqualTo(120);
  }

  @Test
  void givesSweepsAQuarterSpreadPastItsFirstHalf() {
    BudgetWindow window = new BudgetWindow(fresh, now);
    assertThat(grantsAt(window, Lane.SWEEP, now)).isEqualTo(16);
    List<Long> times = run(window, Lane.SWEEP, now, now + Duration.ofSeconds(60).toNanos());
    assertThat(times).hasSize(30 - 16);
    assertThat(smallestGap(times)).isGreaterThan(Duration.ofSeconds(2).toNanos());
  }

  @Test
  void pacesBulkPastHalfOfTheWindow() {
    BudgetWindow window = new BudgetWindow(fresh, now);
    assertThat(grantsAt(window, Lane.BULK, now)).isEqualTo(60);
    List<Long> times = run(window, Lane.BULK, now, now + Duration.ofSeconds(60).toNanos());
    assertThat(times).hasSizeBetween(38, 40);
    assertThat(smallestGap(times)).isGreaterThan(Duration.ofSeconds(1).toNanos());
    // A user's change needs no pace, and finds something left.
    long late = now + Duration.ofSeconds(60).toNanos();
    assertThat(grantsAt(window, Lane.CHANGE, late)).isGreaterThanOrEqualTo(10);
  }

  @Test
  void letsSweepsGoWhileBulkIsOnlyPaced() {
    BudgetWindow window = new BudgetWindow(fresh, now);
    grantsAt(window, Lane.BULK, now);
    window.join(Lane.BULK);
    Ticket sweep = window.join(Lane.SWEEP);
    assertThat(window.take(sweep, now)).isTrue();
  }

  @Test
  void bulkSettlesAtARateThatLeavesRoomForChanges() {
    BudgetWindow window = new BudgetWindow(fresh, now);
    long third = now + WINDOW.multipliedBy(3).toNanos();
    run(window, Lane.BULK, now, third);
    List<Long> times = run(window, Lane.BULK, third, third + WINDOW.toNanos());
    assertThat(times).hasSizeBetween(75, 100);
    assertThat(window.used(third + WINDOW.toNanos())).isLessThan(100);
  }

  @Test
  void doesNotBurstAtTheStart() {
    BudgetWindow window = new BudgetWindow(BudgetOptions.perMinute(120), now);
    assertThat(window.used(now)).isEqualTo(60);
    assertThat(grantsAt(window, Lane.BULK, now)).isEqualTo(1);
    List<Long> times = run(window, Lane.BULK, now, now + Duration.ofSeconds(10).toNanos());
    assertThat(times).hasSizeLessThan(30);
  }

  @Test
  void forgetsTheAssumedUseEvenly() {
    BudgetWindow window = new BudgetWindow(BudgetOptions.perMinute(120), now);
    assertThat(window.used(now + WINDOW.toNanos() / 2)).isEqualTo(30);
    assertThat(window.used(now + WINDOW.toNanos())).isZero();
  }

  @Test
  void stopsEveryoneAfterARefusalAndDoesNotBurstAfterwards() {
    BudgetWindow window = new BudgetWindow(fresh, now);
    window.throttled(WINDOW, now);
    for (Lane lane : Lane.values()) {
      assertThat(grantsAt(window, lane, now + WINDOW.toNanos() - 1)).isZero();
    }
    long resumed = now + WINDOW.toNanos();
    assertThat(window.used(resumed)).isEqualTo(60);
    assertThat(grantsAt(window, Lane.CHANGE, resumed)).isEqualTo(50);
  }

  @Test
  void aShorterRefusalDoesNotShortenTheStop() {
    BudgetWindow window = new BudgetWindow(fresh, now);
    window.throttled(WINDOW, now);
    window.throttled(Duration.ofSeconds(1), now);
    assertThat(window.pausedUntil()).isEqualTo(now + WINDOW.toNanos());
  }

  @Test
  void estimatesByThePlaceInTheQueue() {
    BudgetWindow window = new BudgetWindow(fresh, now);
    grantsAt(window, Lane.CHANGE, now);
    Ticket first = window.join(Lane.CHANGE);
    for (int i = 0; i < 59; i++) {
      window.join(Lane.CHANGE);
    }
    Ticket last = window.join(Lane.CHANGE);
    assertThat(window.estimate(first, now)).isEqualTo(WINDOW);
    assertThat(window.estimate(last, now))
        .isCloseTo(WINDOW.plus(WINDOW.dividedBy(2)), Duration.ofMillis(1));
  }

  @Test
  void aFewMayWaitForADeletionAChangeOrBulkAndAnyNumberForTheRest() {
    BudgetWindow window = new BudgetWindow(fresh, now);
    for (Lane lane : Lane.values()) {
      List<Ticket> tickets = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        tickets.add(window.join(lane));
      }
      long crowded = tickets.stream().filter(window::isCrowded).count();
      boolean few = lane != Lane.CLOSING && lane != Lane.SWEEP;
      assertThat(crowded).as(lane.name()).isEqualTo(few ? 46 : 0);
      assertThat(window.isCrowded(tickets.get(0))).isFalse();
    }
  }

  @Test
  void everybodyIsToldAnotherTimeToComeBack() {
    BudgetWindow window = new BudgetWindow(fresh, now);
    grantsAt(window, Lane.CHANGE, now);
    Ticket ticket = window.join(Lane.CHANGE);
    Duration pace = fresh.pace(Lane.CHANGE);

    assertThat(window.appoint(ticket, now)).isEqualTo(WINDOW);
    assertThat(window.appoint(ticket, now)).isEqualTo(WINDOW.plus(pace));
    assertThat(window.appoint(ticket, now)).isEqualTo(WINDOW.plus(pace).plus(pace));
    // Callers with an earlier time do not come at the same time.
    long later = now + Duration.ofMinutes(5).toNanos();
    assertThat(window.appoint(ticket, later)).isZero();
    assertThat(window.appoint(ticket, later)).isEqualTo(pace);
  }

  @Test
  void hasNothingToWaitForWithoutTickets() {
    assertThat(new BudgetWindow(fresh, now).changesAt(now)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void worksWithTheSmallestBudget() {
    BudgetWindow window = new BudgetWindow(BudgetOptions.perMinute(4).withFreshStart(), now);
    assertThat(grantsAt(window, Lane.SWEEP, now)).isEqualTo(1);
    assertThat(grantsAt(window, Lane.CHANGE, now)).isEqualTo(2);
    assertThat(grantsAt(window, Lane.CLOSING, now)).isEqualTo(1);
  }

  private static int grantsAt(BudgetWindow window, Lane lane, long now) {
    return run(window, lane, now, now + 1).size();
  }

  /** When a lane that always has somebody waiting is served. */
  private static List<Long> run(BudgetWindow window, Lane lane, long from, long until) {
    List<Long> times = new ArrayList<>();
    Ticket ticket = window.join(lane);
    for (long now = from; now < until; now = window.changesAt(now)) {
      while (window.take(ticket, now)) {
        times.add(now);
        ticket = window.join(lane);
      }
    }
    window.leave(ticket);
    return times;
  }

  private static long smallestGap(List<Long> times) {
    long smallest = Long.MAX_VALUE;
    for (int i = 1; i < times.size(); i++) {
      smallest = Math.min(smallest, times.get(i) - times.get(i - 1));
    }
    return smallest;
  }
}
