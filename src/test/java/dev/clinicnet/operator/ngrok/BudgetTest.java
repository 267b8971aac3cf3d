package dev.clinicnet.operator.ngrok;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The blocking edge, on a time that only passes while somebody waits. */
class BudgetTest {
  private long now = 42;
  private final BudgetOptions options =
      BudgetOptions.perMinute(120)
          .withFreshStart()
          .withMaxWaits(Duration.ofSeconds(30), Duration.ofSeconds(90));
  private final Budget budget = new Budget(options, () -> now, (changed, nanos) -> now += nanos);

  @Test
  void doesNotWaitWhileThereAreFreePermits() {
    assertThat(budget.acquire(Lane.CHANGE)).isZero();
    assertThat(budget.used()).isEqualTo(1);
  }

  @Test
  void waitsForItsPaceAndSaysHowLong() {
    for (int i = 0; i < 60; i++) {
      assertThat(budget.acquire(Lane.BULK)).isZero();
    }
    assertThat(budget.acquire(Lane.BULK)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
  }

  @Test
  void refusesAtOnceWhatCannotBeServedInTimeAndUsesNoPermit() {
    use(110);
    long before = now;
    NgrokException e = refused(Lane.CHANGE);
    assertThat(e.failure()).isEqualTo(Failure.THROTTLED);
    assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(61));
    assertThat(e).hasMessageContaining("it is tried again");
    assertThat(now).isEqualTo(before);
    assertThat(budget.used()).isEqualTo(110);
    assertThat(budget.acquire(Lane.CLOSING)).isZero();
  }

  @Test
  void closingOutwaitsAWholeWindow() {
    budget.throttled(Duration.ofSeconds(61));
    assertThat(refused(Lane.CHANGE).retryAfter()).isEqualTo(Duration.ofSeconds(61));
    assertThat(budget.acquire(Lane.CLOSING)).isEqualTo(Duration.ofSeconds(61));
  }

  @Test
  void onlyTheFirstRefusalOfAPauseBeginsIt() {
    assertThat(budget.throttled(Duration.ofSeconds(61))).isTrue();
    now += Duration.ofSeconds(60).toNanos();
    assertThat(budget.throttled(Duration.ofSeconds(61))).isFalse();
    now += Duration.ofSeconds(61).toNanos();
    assertThat(budget.throttled(Duration.ofSeconds(61))).isTrue();
  }

  @Test
  void waitsUpToItsLongestWait() {
    use(110);
    now += Duration.ofSeconds(40).toNanos();
    assertThat(budget.acquire(Lane.CHANGE)).isEqualTo(Duration.ofSeconds(21));
  }

  @Test
  void givesUpAtTheDeadlineWhenOthersKeepGoingFirst() {
    List<Duration> waited = new ArrayList<>();
    Budget[] self = new Budget[1];
    // Whenever somebody waits, another takes what comes free.
    self[0] =
        new Budget(
            options,
            () -> now,
            (changed, nanos) -> {
              now += nanos;
              while (self[0].used() < 110) {
                waited.add(self[0].acquire(Lane.CLOSING));
              }
            });
    for (int i = 0; i < 110; i++) {
      self[0].acquire(Lane.CLOSING);
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
    real.throttled(Duration.ofSeconds(20));
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
    assertThat(real.used()).isEqualTo(60);
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
                  real.acquire(lane);
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

  private void use(int permits) {
    for (int i = 0; i < permits; i++) {
      budget.acquire(Lane.CHANGE);
    }
  }

  private NgrokException refused(Lane lane) {
    return catchThrowableOfType(NgrokException.class, () -> budget.acquire(lane));
  }
}
