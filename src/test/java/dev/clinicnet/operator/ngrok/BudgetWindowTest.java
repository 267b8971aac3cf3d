package dev.clinicnet.operator.ngrok;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BudgetWindowTest {
  private static final long START = -5_000_000_000L;
  private static final Duration WINDOW = BudgetOptions.WINDOW;
  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final long PATIENCE = 10 * SECOND;

  private final BudgetOptions fresh = BudgetOptions.perMinute(120).withFreshStart();
  private long now = START;

  @Test
  void servesEarlierLanesFirstAndInOrderInsideALane() {
    BudgetWindow window = new BudgetWindow(fresh, now);
    Ticket sweep = join(window, Lane.SWEEP);
    Ticket bulk = join(window, Lane.BULK);
    Ticket change1 = join(window, Lane.CHANGE);
    Ticket change2 = join(window, Lane.CHANGE);
    Ticket closing = join(window, Lane.CLOSING);

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
    Ticket bulk = join(window, Lane.BULK);
    Ticket closing = join(window, Lane.CLOSING);
    assertThat(window.take(bulk, now)).isFalse();
    assertThat(window.used(now)).isZero();
    window.leave(closing);
    assertThat(window.take(bulk, now)).isTrue();
    assertThat(window.used(now)).isEqualTo(1);
  }

  @Test
  void keepsTheLastPermitsForEarlierLanes() {
    BudgetWindow window = new BudgetWindow(fresh, now);
    run(window, Lane.BULK, now, now + WINDOW.toNanos());
    long late = now + WINDOW.toNanos() - 1;
    assertThat(window.used(late)).isEqualTo(118);
    assertThat(grantsAt(window, Lane.CHANGE, late)).isEqualTo(1);
    assertThat(grantsAt(window, Lane.CLOSING, late)).isEqualTo(1);
  }

  @Test
  void aPermitComesBackAWholeWindowAfterTheAnswer() {
    BudgetWindow window = new BudgetWindow(fresh, now);
    Ticket ticket = join(window, Lane.CHANGE);
    assertThat(window.take(ticket, now)).isTrue();
    long answered = now + 3 * SECOND;
    assertThat(window.used(answered)).isEqualTo(1);
    window.answered(Lane.CHANGE, answered);
    assertThat(window.used(answered + WINDOW.toNanos() - 1)).isEqualTo(1);
    assertThat(window.used(answered + WINDOW.toNanos())).isZero();
  }

  @Test
  void givesSweepsAQuarterSpreadPastItsFirstHalf() {
    BudgetWindow window = new BudgetWindow(fresh, now);
    assertThat(grantsAt(window, Lane.SWEEP, now)).isEqualTo(16);
    List<Long> times = run(window, Lane.SWEEP, now, now + Duration.ofSeconds(60).toNanos());
    assertThat(times).hasSize(30 - 16);
    assertThat(smallestGap(times)).isGreaterThan(2 * SECOND);
  }

  @Test
  void aListThatWaitsGoesBeforeMassWorkButNotBeforeWhatCloses() {
    BudgetWindow window = new BudgetWindow(fresh, now);
    run(window, Lane.BULK, now, now + WINDOW.toNanos());
    long late = now + WINDOW.toNanos() - 1;
    Ticket bulk = window.arrive(Lane.BULK, party("a", "1"), false, late);
    Ticket list = window.arrive(Lane.SWEEP, Party.OPERATOR, false, late);
    long opens = window.changesAt(late);
    assertThat(window.next(opens)).isSameAs(bulk);
    assertThat(window.next(late + 3 * SECOND)).isSameAs(list);
    Ticket closing = window.arrive(Lane.CLOSING, Party.OPERATOR, false, late);
    assertThat(window.next(late + 3 * SECOND)).isSameAs(closing);
  }

  @Test
  void massWorkUsesTheWholeWindowAndItsPermitsComeBackEvenly() {
    BudgetWindow window = new BudgetWindow(fresh, now);
    List<Long> times = run(window, Lane.BULK, now, now + 10 * WINDOW.toNanos());
    assertThat(times).hasSizeBetween(10 * 118, 10 * 118 + 12);
    // After the first requests, which a free account sends at once.
    assertThat(times.get(11)).isEqualTo(now);
    List<Long> paced = times.subList(12, times.size());
    assertThat(smallestGap(paced)).isGreaterThan(SECOND * 4 / 10);
    assertThat(largestGap(paced)).isLessThan(SECOND * 6 / 10);
  }

  @Test
  void aUsersChangeDuringMassWorkWaitsLessThanASecond() {
    BudgetWindow window = new BudgetWindow(fresh, now);
    List<Long> waits = new ArrayList<>();
    Ticket bulk = join(window, Lane.BULK);
    Ticket change = null;
    long asked = 0;
    long end = now + 5 * WINDOW.toNanos();
    for (long at = now; at < end; at = Math.max(at + 1, window.changesAt(at))) {
      // A change every second is half of what the account allows.
      if (change == null && at - asked > SECOND) {
        change = window.arrive(Lane.CHANGE, Party.OPERATOR, false, at);
        asked = at;
      }
      if (change != null && window.take(change, at)) {
        window.answered(Lane.CHANGE, at);
        waits.add(at - asked);
        change = null;
      }
      if (window.take(bulk, at)) {
        window.answered(Lane.BULK, at);
        bulk = window.arrive(Lane.BULK, Party.OPERATOR, false, at);
      }
    }
    assertThat(waits).hasSizeGreaterThan(150).allMatch(wait -> wait < SECOND);
  }

  @Test
  void fewerThreadsLetFewerRequestsHangAndWhatClosesAlwaysGoes() {
    for (int threads : List.of(20, 9, 6, 4, 3, 2)) {
      BudgetWindow window = new BudgetWindow(fresh, now);
      window.resize(threads);
      int bulk = hangAt(window, Lane.BULK, now);
      int changes = hangAt(window, Lane.CHANGE, now);
      assertThat(bulk).as("%s threads", threads).isEqualTo(threads / 2);
      assertThat(changes).isPositive();
      assertThat(bulk + changes).isLessThan(Math.max(3, threads));
      assertThat(hangAt(window, Lane.DELETING, now)).isZero();
      assertThat(hangAt(window, Lane.CLOSING, now)).isEqualTo(120 - bulk - changes);
    }
  }

  @Test
  void letsSweepsGoWhileBulkIsOnlyPaced() {
    BudgetWindow window = new BudgetWindow(fresh, now);
    grantsAt(window, Lane.BULK, now);
    join(window, Lane.BULK);
    Ticket sweep = join(window, Lane.SWEEP);
    assertThat(window.take(sweep, now)).isTrue();
  }

  @Test
  void hundredsOfDeletionsLeaveRoomForWhatCloses() {
    BudgetWindow window = new BudgetWindow(fresh, now);
    List<Long> times = run(window, Lane.DELETING, now, now + 3 * WINDOW.toNanos());
    assertThat(times).hasSizeGreaterThan(3 * 115);
    assertThat(largestGap(times)).isLessThan(2 * SECOND);
  }

  @Test
  void beginsAtAnEvenPaceBecauseAnEarlierProcessMayHaveUsedTheWindow() {
    BudgetWindow window = new BudgetWindow(BudgetOptions.perMinute(120), now);
    assertThat(window.used(now)).isEqualTo(120);
    List<Long> times = run(window, Lane.BULK, now, now + WINDOW.toNanos());
    assertThat(times).hasSizeBetween(115, 118);
    assertThat(smallestGap(times)).isGreaterThan(SECOND * 4 / 10);
  }

  @Test
  void forgetsTheAssumedUseEvenly() {
    BudgetWindow window = new BudgetWindow(BudgetOptions.perMinute(120), now);
    assertThat(window.used(now + WINDOW.toNanos() / 2)).isEqualTo(60);
    assertThat(window.used(now + WINDOW.toNanos())).isZero();
  }

  @Test
  void stopsEveryoneAfterARefusalAndBeginsEvenlyAfterwards() {
    BudgetWindow window = new BudgetWindow(fresh, now);
    window.throttled(WINDOW, true, now);
    for (Lane lane : Lane.values()) {
      assertThat(grantsAt(window, lane, now + WINDOW.toNanos() - 1)).isZero();
    }
    long resumed = now + WINDOW.toNanos();
    assertThat(grantsAt(window, Lane.BULK, resumed)).isEqualTo(1);
    assertThat(grantsAt(window, Lane.CHANGE, resumed)).isLessThanOrEqualTo(2);
  }

  @Test
  void aShorterRefusalDoesNotShortenTheStop() {
    BudgetWindow window = new BudgetWindow(fresh, now);
    assertThat(window.throttled(WINDOW, true, now)).isTrue();
    assertThat(window.throttled(Duration.ofSeconds(1), true, now)).isFalse();
    assertThat(window.pausedUntil()).isEqualTo(now + WINDOW.toNanos());
  }

  @Test
  void learnsFromARefusalThatOthersShareTheAccountAndRecovers() {
    BudgetWindow window = new BudgetWindow(fresh, now);
    run(window, Lane.BULK, now, now + 30 * SECOND);
    now += 30 * SECOND;
    int sent = window.used(now);
    assertThat(sent).isBetween(55, 75);

    window.throttled(WINDOW, true, now);

    assertThat(window.allowance(now)).isEqualTo(sent * 3 / 4);
    now = window.pausedUntil();
    List<Long> times = run(window, Lane.BULK, now, now + WINDOW.toNanos());
    assertThat(times.size()).isLessThanOrEqualTo(sent * 3 / 4);
    now += WINDOW.toNanos();
    assertThat(window.allowance(now)).isEqualTo(sent * 3 / 4 + 3);
    assertThat(window.allowance(now + 40 * WINDOW.toNanos())).isEqualTo(120);
  }

  @Test
  void aRefusalAfterItsOwnWholeWindowTeachesLittle() {
    BudgetWindow window = new BudgetWindow(fresh, now);
    run(window, Lane.BULK, now, now + 2 * WINDOW.toNanos());
    window.throttled(WINDOW, true, now + 2 * WINDOW.toNanos());
    assertThat(window.allowance(now + 2 * WINDOW.toNanos())).isBetween(110, 112);
    assertThat(window.allowance(now + 7 * WINDOW.toNanos())).isEqualTo(120);
  }

  @Test
  void aRefusalOfRequestsUnderWayTeachesNothing() {
    BudgetWindow window = new BudgetWindow(fresh, now);
    run(window, Lane.BULK, now, now + 10 * SECOND);
    window.throttled(Duration.ofSeconds(5), false, now + 10 * SECOND);
    assertThat(window.allowance(now + 10 * SECOND)).isEqualTo(120);
    assertThat(grantsAt(window, Lane.CHANGE, now + 14 * SECOND)).isZero();
    assertThat(grantsAt(window, Lane.CHANGE, now + 15 * SECOND)).isPositive();
  }

  @Test
  void aRefusalSoonAfterTheStartTeachesLittleBecauseAnEarlierProcessMayBeTheCause() {
    BudgetWindow window = new BudgetWindow(BudgetOptions.perMinute(120), now);
    run(window, Lane.BULK, now, now + 10 * SECOND);
    window.throttled(WINDOW, true, now + 10 * SECOND);
    assertThat(window.allowance(now + 10 * SECOND)).isGreaterThanOrEqualTo(110);
  }

  @Test
  void assumesSomeAllowanceHoweverOftenItIsRefused() {
    BudgetWindow window = new BudgetWindow(fresh, now);
    for (int i = 0; i < 20; i++) {
      window.throttled(WINDOW, true, now);
      now = window.pausedUntil();
    }
    assertThat(window.allowance(now)).isEqualTo(12);
    assertThat(run(window, Lane.BULK, now, now + WINDOW.toNanos())).hasSizeGreaterThan(8);
  }

  @Test
  void callsThoseWhoWentAwayInAFairOrder() {
    BudgetWindow window = new BudgetWindow(fresh, now);
    Party one = party("a", "1");
    Party two = party("a", "2");
    Party other = party("b", "3");
    for (Party party : List.of(one, two, other)) {
      window.await(window.arrive(Lane.BULK, party, false, now));
    }
    assertThat(window.call(now, PATIENCE)).containsExactly(one, other, two);
    assertThat(window.call(now, PATIENCE)).isEmpty();
    Ticket come = window.arrive(Lane.BULK, one, false, now);
    assertThat(window.take(come, now)).isTrue();
  }

  @Test
  void aKeptPermitCountsAndIsFreeAgainIfNobodyComes() {
    BudgetWindow window = new BudgetWindow(BudgetOptions.perMinute(4).withFreshStart(), now);
    Party one = party("a", "1");
    window.await(window.arrive(Lane.CHANGE, one, false, now));
    assertThat(window.call(now, PATIENCE)).containsExactly(one);
    assertThat(grantsAt(window, Lane.CLOSING, now)).isEqualTo(3);
    assertThat(grantsAt(window, Lane.CLOSING, now + PATIENCE)).isEqualTo(1);
  }

  @Test
  void whoDoesNotComeIsCalledAgainButNotForever() {
    BudgetWindow window = new BudgetWindow(fresh, now);
    Party one = party("a", "1");
    window.await(window.arrive(Lane.BULK, one, false, now));
    int calls = 0;
    for (int i = 0; i < 100; i++) {
      calls += window.call(now, PATIENCE).size();
      now += SECOND;
    }
    assertThat(calls).isEqualTo(3);
  }

  @Test
  void othersAreCalledSoonIfThoseThatAreCalledWaitForAThread() {
    BudgetWindow window = new BudgetWindow(fresh, now);
    for (int i = 0; i < 30; i++) {
      window.await(window.arrive(Lane.BULK, party("a", Integer.toString(i)), false, now));
    }
    assertThat(window.call(now, PATIENCE)).isNotEmpty();
    assertThat(window.call(now, PATIENCE)).as("while they may come at once").isEmpty();

    now = window.changesAt(now);
    assertThat(now - START).as("long before they lose their turn").isLessThan(PATIENCE / 2);
    assertThat(window.call(now, PATIENCE)).isNotEmpty();
  }

  @Test
  void whoComesLateWaitsWhileTooManyAreNotAnswered() {
    BudgetWindow window = new BudgetWindow(fresh, now);
    List<Party> parties =
        IntStream.range(0, 30).mapToObj(i -> party("a", Integer.toString(i))).toList();
    parties.forEach(party -> window.await(window.arrive(Lane.BULK, party, false, now)));
    List<Party> called = new ArrayList<>(window.call(now, PATIENCE));
    int most = called.size();
    now = window.changesAt(now);
    called.addAll(window.call(now, PATIENCE));

    long sent =
        called.stream()
            .filter(party -> window.take(window.arrive(Lane.BULK, party, false, now), now))
            .count();
    assertThat(sent).isEqualTo(most).isLessThan(called.size());
  }

  @Test
  void anotherObjectOfTheClinicMayUseThePermit() {
    BudgetWindow window = new BudgetWindow(fresh, now);
    Party called = new Party("a", "1", "Clinic", "1");
    Party comes = new Party("a", "1", "ClinicService", "api");
    window.await(window.arrive(Lane.BULK, called, false, now));
    assertThat(window.call(now, PATIENCE)).containsExactly(called);
    assertThat(window.take(window.arrive(Lane.BULK, comes, false, now), now)).isTrue();
    assertThat(window.call(now, PATIENCE)).as("while its clinic is busy").isEmpty();
    window.ended(comes);
    assertThat(window.call(now, PATIENCE)).containsExactly(called);
  }

  @Test
  void aRefusalTakesKeptPermitsBack() {
    BudgetWindow window = new BudgetWindow(fresh, now);
    Party one = party("a", "1");
    window.await(window.arrive(Lane.BULK, one, false, now));
    window.call(now, PATIENCE);
    window.throttled(WINDOW, true, now);
    Ticket ticket = window.arrive(Lane.BULK, one, false, now);
    assertThat(window.take(ticket, now)).isFalse();
    window.await(ticket);
    assertThat(window.call(window.pausedUntil(), PATIENCE)).containsExactly(one);
  }

  @Test
  void doesNotSendMoreWhileTooManyAreNotAnswered() {
    BudgetWindow window = new BudgetWindow(fresh, now);
    List<Ticket> sent = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      Ticket ticket = join(window, Lane.CHANGE);
      if (window.take(ticket, now)) {
        sent.add(ticket);
      }
    }
    assertThat(sent).hasSize(15);
    assertThat(window.opensAt(Lane.BULK, now)).isEqualTo(Long.MAX_VALUE);
    assertThat(window.take(join(window, Lane.CLOSING), now)).isTrue();
    window.answered(Lane.CHANGE, now);
    assertThat(window.opensAt(Lane.CHANGE, now)).isLessThan(Long.MAX_VALUE);
  }

  @Test
  void aPermitThatWasNotUsedIsFree() {
    BudgetWindow window = new BudgetWindow(fresh, now);
    assertThat(window.take(join(window, Lane.CHANGE), now)).isTrue();
    window.unused(Lane.CHANGE);
    assertThat(window.used(now)).isZero();
  }

  @Test
  void estimatesByThePlaceInTheQueue() {
    BudgetWindow window = new BudgetWindow(fresh, now);
    grantsAt(window, Lane.CLOSING, now);
    Ticket first = window.arrive(Lane.CHANGE, party("a", "0"), false, now);
    for (int i = 1; i < 60; i++) {
      window.arrive(Lane.CHANGE, party("a", Integer.toString(i)), false, now);
    }
    Ticket last = window.arrive(Lane.CHANGE, party("a", "last"), false, now);
    Ticket fair = window.arrive(Lane.CHANGE, party("b", "x"), false, now);
    assertThat(window.estimate(first, now)).isCloseTo(WINDOW, Duration.ofSeconds(1));
    assertThat(window.estimate(last, now))
        .isCloseTo(WINDOW.plus(WINDOW.dividedBy(2)), Duration.ofSeconds(1));
    assertThat(window.estimate(fair, now)).isCloseTo(WINDOW, Duration.ofSeconds(1));
  }

  @Test
  void aMassDeletionLetsOthersGoAfterThreeRequests() {
    BudgetWindow window = new BudgetWindow(fresh, now);
    run(window, Lane.DELETING, now, now + WINDOW.toNanos());
    long full = now + WINDOW.toNanos() - 1;
    List<Lane> sent = new ArrayList<>();
    window.arrive(Lane.BULK, party("b", "new"), false, full);
    window.arrive(Lane.CHANGE, party("c", "user"), false, full);
    for (int i = 0; i < 8; i++) {
      window.arrive(Lane.DELETING, party("a", Integer.toString(i)), false, full);
    }

    for (long at = full; at != Long.MAX_VALUE; at = window.changesAt(at)) {
      Ticket next = window.next(at);
      if (next != null) {
        assertThat(window.take(next, at)).isTrue();
        window.answered(next.lane(), at);
        sent.add(next.lane());
      }
    }
    assertThat(sent).hasSize(10);
    assertThat(sent.indexOf(Lane.CHANGE)).isLessThanOrEqualTo(3);
    assertThat(sent.indexOf(Lane.BULK)).isLessThanOrEqualTo(7);
  }

  @Test
  void aNewObjectIsNotPromisedTheEndOfAMassDeletion() {
    BudgetWindow window = new BudgetWindow(fresh, now);
    for (int i = 0; i < 1_000; i++) {
      window.arrive(Lane.DELETING, party("a", Integer.toString(i)), false, now);
    }
    Ticket created = window.arrive(Lane.BULK, party("b", "new"), false, now);

    assertThat(window.estimate(created, now)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void listsMayUseWhatOthersLeaveWhileNobodyCanDoAnythingBeforeThem() {
    BudgetWindow window = new BudgetWindow(fresh, now);
    window.rest(party("a", "1"), Lane.BULK);

    List<Long> times = run(window, Lane.SWEEP, now, now + WINDOW.toNanos());

    assertThat(times).hasSizeBetween(115, 118);
    assertThat(smallestGap(times.subList(16, times.size()))).isGreaterThan(SECOND * 4 / 10);
  }

  @Test
  void listsTakeAQuarterAgainWhenSomebodyCanDoSomething() {
    BudgetWindow window = new BudgetWindow(fresh, now);
    window.rest(party("a", "1"), Lane.BULK);
    window.arrive(Lane.BULK, party("b", "1"), false, now);
    window.arrive(Lane.SWEEP, Party.OPERATOR, false, now);
    int lists = 0;
    for (long at = now; at < now + WINDOW.toNanos(); at = window.changesAt(at)) {
      Ticket next = window.next(at);
      if (next != null) {
        assertThat(window.take(next, at)).isTrue();
        window.answered(next.lane(), at);
        window.arrive(next.lane(), next.party(), false, at);
        lists += next.lane() == Lane.SWEEP ? 1 : 0;
      }
    }
    assertThat(lists).isBetween(25, 31);

    BudgetWindow listed = new BudgetWindow(fresh, now);
    listed.rest(party("a", "1"), Lane.BULK);
    listed.wake();
    assertThat(run(listed, Lane.SWEEP, now, now + WINDOW.toNanos())).hasSizeLessThanOrEqualTo(31);
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

  private static Party party(String namespace, String clinic) {
    return new Party(namespace, clinic, "Clinic", clinic);
  }

  private Ticket join(BudgetWindow window, Lane lane) {
    return window.arrive(lane, Party.OPERATOR, false, now);
  }

  private static int grantsAt(BudgetWindow window, Lane lane, long now) {
    return run(window, lane, now, now + 1).size();
  }

  /** How many requests are sent, none of which is answered. */
  private static int hangAt(BudgetWindow window, Lane lane, long now) {
    int sent = 0;
    Ticket ticket = window.arrive(lane, Party.OPERATOR, false, now);
    while (window.take(ticket, now)) {
      sent++;
      ticket = window.arrive(lane, Party.OPERATOR, false, now);
    }
    window.leave(ticket);
    return sent;
  }

  /** When a lane that always has somebody waiting is served. Each request is answered at once. */
  private static List<Long> run(BudgetWindow window, Lane lane, long from, long until) {
    List<Long> times = new ArrayList<>();
    Ticket ticket = window.arrive(lane, Party.OPERATOR, false, from);
    for (long now = from; now < until; now = window.changesAt(now)) {
      while (window.take(ticket, now)) {
        window.answered(lane, now);
        times.add(now);
        ticket = window.arrive(lane, Party.OPERATOR, false, now);
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

  private static long largestGap(List<Long> times) {
    long largest = 0;
    for (int i = 1; i < times.size(); i++) {
      largest = Math.max(largest, times.get(i) - times.get(i - 1));
    }
    return largest;
  }
}
