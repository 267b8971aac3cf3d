package dev.clinicnet.operator.ngrok;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The blocking edge, on a time that only passes while somebody waits. */
class BudgetTest {
  private static final Party ONE = new Party("a", "one", "Clinic", "one");
  private static final Party TWO = new Party("a", "two", "Clinic", "two");

  private final Instant start = Instant.parse("2026-11-30T10:00:00Z");
  private long now = 42;
  private final BudgetOptions options =
      BudgetOptions.perMinute(120)
          .withFreshStart()
          .withMaxWaits(Duration.ofSeconds(30), Duration.ofSeconds(90));
  private final Budget budget =
      new Budget(
          options, AccountTime.of(new Following(), () -> now), (changed, nanos) -> now += nanos);

  /** The clock of the same time. */
  private final class Following extends Clock {
    @Override
    public Instant instant() {
      return start.plusNanos(now - 42);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }

  @Test
  void doesNotWaitWhileThereAreFreePermits() {
    assertThat(sent(Lane.CHANGE)).isZero();
    assertThat(budget.used()).isEqualTo(1);
  }

  @Test
  void waitsForItsPaceAndSaysHowLong() {
    for (int i = 0; i < 12; i++) {
      assertThat(sent(Lane.BULK)).isZero();
    }
    assertThat(sent(Lane.BULK)).isZero();
    assertThat(sent(Lane.BULK)).isBetween(Duration.ofMillis(500), Duration.ofMillis(600));
  }

  @Test
  void refusesAtOnceWhatCannotBeServedInTimeAndUsesNoPermit() {
    use(119);
    long before = now;
    NgrokException e = refused(Lane.CHANGE);
    assertThat(e.failure()).isEqualTo(Failure.THROTTLED);
    assertThat(e.retryAfter()).isEqualTo(BudgetOptions.WINDOW);
    assertThat(e).hasMessageContaining("it is tried again");
    assertThat(now).isEqualTo(before);
    assertThat(budget.used()).isEqualTo(119);
    assertThat(sent(Lane.CLOSING)).isZero();
  }

  @Test
  void closingOutwaitsAWholeWindow() {
    budget.throttled(Duration.ofSeconds(61), true);
    assertThat(refused(Lane.CHANGE).retryAfter()).isGreaterThan(Duration.ofSeconds(60));
    assertThat(sent(Lane.CLOSING)).isBetween(Duration.ofSeconds(61), Duration.ofSeconds(63));
  }

  @Test
  void onlyTheFirstRefusalOfAPauseBeginsIt() {
    assertThat(budget.throttled(Duration.ofSeconds(61), true)).isTrue();
    now += Duration.ofSeconds(60).toNanos();
    assertThat(budget.throttled(Duration.ofSeconds(61), true)).isFalse();
    now += Duration.ofSeconds(61).toNanos();
    assertThat(budget.throttled(Duration.ofSeconds(61), true)).isTrue();
  }

  @Test
  void waitsUpToItsLongestWait() {
    use(119);
    now += Duration.ofSeconds(40).toNanos();
    assertThat(sent(Lane.CHANGE)).isEqualTo(BudgetOptions.WINDOW.minusSeconds(40));
  }

  @Test
  void anObjectThatWouldWaitLongGoesAwayAndIsCalledWhenItIsItsTurn() {
    use(119);
    NgrokException e;
    try (BudgetTurn turn = budget.turn(ONE)) {
      e = catchThrowableOfType(NgrokException.class, () -> turn.await(Lane.BULK));
    }
    assertThat(e.failure()).isEqualTo(Failure.WAITING);
    assertThat(e)
        .hasMessage(
            "It waits for the request budget of this ngrok account, for about 1 minute from"
                + " 2026-11-30T10:00:00Z on.");
    assertThat(e.retryAfter()).isGreaterThan(BudgetOptions.WINDOW);
    assertThat(budget.calls()).isEmpty();

    now += budget.untilCalls().toNanos();

    assertThat(budget.calls()).containsExactly(ONE);
    assertThat(budget.calls()).as("once").isEmpty();
    try (BudgetTurn turn = budget.turn(ONE)) {
      turn.await(Lane.BULK);
      try (Permit permit = turn.take(Lane.BULK)) {
        assertThat(permit.waited()).isEqualTo(BudgetOptions.WINDOW);
      }
    }
  }

  @Test
  void anObjectThatLooksAgainHearsTheSame() {
    use(119);
    String told = waiting(ONE).getMessage();
    now += Duration.ofSeconds(17).toNanos();
    assertThat(waiting(ONE)).hasMessage(told);
    // The account refuses: all wait longer.
    budget.throttled(Duration.ofMinutes(5), true);
    assertThat(waiting(ONE)).hasMessageContaining("5 minutes from 2026-11-30T10:00:17Z");
  }

  @Test
  void aPermitThatWasNotNeededIsFreeAgain() {
    try (BudgetTurn turn = budget.turn(ONE)) {
      turn.await(Lane.CHANGE);
      assertThat(budget.used()).isEqualTo(1);
    }
    assertThat(budget.used()).isZero();
  }

  @Test
  void anObjectThatNeedsNothingAnyMoreIsNotCalled() {
    use(119);
    waiting(ONE);
    waiting(TWO);
    budget.leave(ONE);
    now += budget.untilCalls().toNanos();
    assertThat(budget.calls()).containsExactly(TWO);
  }

  @Test
  void anObjectThatCouldDoNothingIsCalledWhenTheAccountWasListedInItsOldPlace() {
    use(119);
    waiting(ONE);
    waiting(TWO);
    budget.rest(ONE, Lane.BULK);
    now += budget.untilCalls().toNanos();
    assertThat(budget.calls()).containsExactly(TWO);
    budget.rest(TWO, Lane.BULK);
    now += BudgetOptions.WINDOW.multipliedBy(10).toNanos();
    assertThat(budget.calls()).as("nobody while the account is not listed").isEmpty();
    assertThat(budget.wake()).containsExactlyInAnyOrder(ONE, TWO);
    assertThat(budget.calls()).containsExactly(ONE, TWO);
    assertThat(budget.wake()).as("they are awake").isEmpty();
  }

  @Test
  void whoRestsLeavesItsPermitToTheNext() {
    budget.resize(2);
    use(119);
    waiting(ONE);
    waiting(TWO);
    now += BudgetOptions.WINDOW.toNanos();
    assertThat(budget.calls()).as("one request at a time").containsExactly(ONE);
    budget.rest(ONE, Lane.BULK);
    now += budget.untilCalls().toNanos();
    assertThat(budget.calls()).containsExactly(TWO);
  }

  @Test
  void anObjectThatComesByItselfRestsNoLonger() {
    use(119);
    waiting(ONE);
    budget.rest(ONE, Lane.BULK);
    waiting(ONE);
    assertThat(budget.wake()).isEmpty();
    now += budget.untilCalls().toNanos();
    assertThat(budget.calls()).containsExactly(ONE);
  }

  @Test
  void anObjectThatHasBecomeUrgentDoesNotRestInTheQueueOfOthers() {
    use(119);
    waiting(ONE);
    budget.rest(ONE, Lane.DELETING);
    assertThat(budget.wake()).as("it must be requeued at once").isEmpty();
    now += BudgetOptions.WINDOW.toNanos();
    assertThat(budget.calls()).isEmpty();
  }

  @Test
  void anObjectWithoutAPlaceDoesNotRest() {
    budget.rest(ONE, Lane.BULK);
    assertThat(budget.wake()).isEmpty();
  }

  @Test
  void whatClosesDoesNotLoseThePlaceOfItsObject() {
    use(118);
    try (BudgetTurn turn = budget.turn(ONE)) {
      var unused = catchThrowableOfType(NgrokException.class, () -> turn.await(Lane.BULK));
      turn.await(Lane.CLOSING);
      turn.take(Lane.CLOSING).close();
    }
    now += BudgetOptions.WINDOW.toNanos();
    assertThat(budget.calls()).containsExactly(ONE);
  }

  @Test
  void aPassThatGoesOnWaitsForItsNextRequestWithItsThread() {
    use(30);
    try (BudgetTurn turn = budget.turn(ONE)) {
      for (int i = 0; i < 4; i++) {
        turn.await(Lane.BULK);
        assertThat(turn.take(Lane.BULK).waited()).isLessThan(Duration.ofSeconds(1));
      }
    }
    assertThat(budget.used()).isEqualTo(34);
  }

  @Test
  void givesUpAtTheDeadlineWhenOthersKeepGoingFirst() {
    List<Duration> waited = new ArrayList<>();
    Budget[] self = new Budget[1];
    // Whenever somebody waits, another takes what comes free.
    self[0] =
        new Budget(
            options,
            AccountTime.of(Clock.systemUTC(), () -> now),
            (changed, nanos) -> {
              now += nanos;
              while (self[0].used() < 119) {
                waited.add(sent(self[0], Lane.CLOSING));
              }
            });
    for (int i = 0; i < 119; i++) {
      sent(self[0], Lane.CLOSING);
      now += Duration.ofMillis(500).toNanos();
    }
    NgrokException e =
        catchThrowableOfType(NgrokException.class, () -> self[0].acquire(Lane.CHANGE));
    assertThat(e.failure()).isEqualTo(Failure.THROTTLED);
    assertThat(waited).isNotEmpty();
  }

  @Test
  void anInterruptedThreadGetsNoPermitAndStaysInterrupted() {
    Thread.currentThread().interrupt();
    NgrokException e = refused(Lane.CLOSING);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(e.failure()).isEqualTo(Failure.UNAVAILABLE);
    assertThat(e).hasMessageContaining("shutting down");
    assertThat(budget.used()).isZero();
  }

  @Test
  void anInterruptEndsARealWait() throws Exception {
    Budget real = new Budget(options, System::nanoTime);
    real.throttled(Duration.ofSeconds(20), true);
    AtomicReference<NgrokException> thrown = new AtomicReference<>();
    CountDownLatch started = new CountDownLatch(1);
    Thread waiter =
        new Thread(
            () -> {
              started.countDown();
              thrown.set(
                  catchThrowableOfType(NgrokException.class, () -> real.acquire(Lane.CLOSING)));
            });
    waiter.start();
    assertThat(started.await(5, TimeUnit.SECONDS)).isTrue();
    waiter.interrupt();
    waiter.join(5000);
    assertThat(thrown.get().failure()).isEqualTo(Failure.UNAVAILABLE);
    // Only the permits that are assumed after a refusal.
    assertThat(real.used()).isEqualTo(real.allowance() - 3);
  }

  @Test
  void manyThreadsShareARealWindow() throws Exception {
    BudgetOptions quick =
        new BudgetOptions(
            20, Duration.ofMillis(500), 0, Duration.ofSeconds(20), Duration.ofSeconds(20));
    Budget real = new Budget(quick, System::nanoTime);
    List<Thread> threads = new ArrayList<>();
    List<Long> grants = Collections.synchronizedList(new ArrayList<>());
    for (Lane lane : List.of(Lane.values())) {
      Thread thread =
          new Thread(
              () -> {
                for (int n = 0; n < 12; n++) {
                  sent(real, lane);
                  grants.add(System.nanoTime());
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join(20_000);
    }
    assertThat(grants).hasSize(12 * Lane.values().length);
  }

  @Test
  void callsComeFromAThreadOfTheirOwnAndOutliveAFailure() {
    BudgetOptions quick =
        new BudgetOptions(
            20, Duration.ofMillis(500), 0, Duration.ofMillis(1), Duration.ofMillis(1));
    Budget real = new Budget(quick, System::nanoTime);
    List<Party> called = Collections.synchronizedList(new ArrayList<>());
    try (BudgetCalls calls =
        new BudgetCalls(
            real,
            party -> {
              called.add(party);
              if (party.equals(ONE)) {
                throw new IllegalStateException("the first one cannot be called");
              }
            })) {
      calls.start();
      for (int i = 0; i < 19; i++) {
        sent(real, Lane.CLOSING);
      }
      for (Party party : List.of(ONE, TWO)) {
        try (BudgetTurn turn = real.turn(party)) {
          var unused = catchThrowableOfType(NgrokException.class, () -> turn.await(Lane.BULK));
        }
      }
      await().untilAsserted(() -> assertThat(called).startsWith(ONE, TWO));
    }
  }

  private void use(int permits) {
    for (int i = 0; i < permits; i++) {
      sent(Lane.CLOSING);
    }
  }

  private Duration sent(Lane lane) {
    return sent(budget, lane);
  }

  private static Duration sent(Budget budget, Lane lane) {
    try (Permit permit = budget.acquire(lane)) {
      return permit.waited();
    }
  }

  private NgrokException waiting(Party party) {
    try (BudgetTurn turn = budget.turn(party)) {
      return catchThrowableOfType(NgrokException.class, () -> turn.await(Lane.BULK));
    }
  }

  private NgrokException refused(Lane lane) {
    return catchThrowableOfType(NgrokException.class, () -> budget.acquire(lane));
  }
}
