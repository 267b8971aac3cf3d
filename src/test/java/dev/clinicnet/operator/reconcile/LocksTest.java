package dev.clinicnet.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LocksTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-03-01T00:00:00Z"), ZoneOffset.UTC);
  private static final Outcome DONE = Outcome.deleted();

  private final Locks locks = new Locks();
  private final AtomicReference<BooleanSupplier> giveWay = new AtomicReference<>();
  private final CountDownLatch end = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void endThreads() {
    threads.shutdownNow();
  }

  @Test
  void whoDoesNotGetItsTurnSoonComesBackAndHoldsNoThread() {
    CompletableFuture<Outcome> first = hold(false);

    assertThat(pass("clinic1", false, way -> DONE))
        .isEqualTo(Outcome.waiting(Optional.of(CLOCK.instant().plusSeconds(1)), false));
    assertThat(pass("clinic2", false, way -> DONE)).isEqualTo(DONE);

    end.countDown();
    assertThat(first.join()).isEqualTo(DONE);
    assertThat(pass("clinic1", false, way -> DONE)).isEqualTo(DONE);
  }

  @Test
  void somethingUrgentIsToldToWhoeverHasTheTurnAndGetsIt() {
    CompletableFuture<Outcome> first = hold(false);
    assertThat(giveWay.get().getAsBoolean()).isFalse();

    CompletableFuture<Outcome> urgent =
        CompletableFuture.supplyAsync(() -> pass("clinic1", true, way -> DONE), threads);
    await().atMost(Duration.ofSeconds(5)).until(() -> giveWay.get().getAsBoolean());
    end.countDown();

    assertThat(urgent.join()).isEqualTo(DONE);
    assertThat(first.join()).isEqualTo(DONE);
    assertThat(giveWay.get().getAsBoolean()).isFalse();
  }

  @Test
  void whatIsUrgentItselfGivesNoWay() {
    CompletableFuture<Outcome> first = hold(true);
    CompletableFuture<Outcome> second =
        CompletableFuture.supplyAsync(() -> pass("clinic1", true, way -> DONE), threads);

    assertThat(pass("clinic1", false, way -> DONE).finished()).isFalse();
    assertThat(giveWay.get().getAsBoolean()).isFalse();

    end.countDown();
    assertThat(first.join()).isEqualTo(DONE);
    assertThat(second.join()).isEqualTo(DONE);
  }

  @Test
  void aFailedPassLeavesTheTurnToOthers() {
    CompletableFuture<Outcome> failing =
        CompletableFuture.supplyAsync(
            () ->
                pass(
                    "clinic1",
                    false,
                    way -> {
                      throw new IllegalStateException("it failed");
                    }),
            threads);
    assertThat(failing).failsWithin(Duration.ofSeconds(5));

    assertThat(pass("clinic1", false, way -> DONE)).isEqualTo(DONE);
  }

  /** A pass that has the turn until the test ends it. */
  private CompletableFuture<Outcome> hold(boolean urgent) {
    CountDownLatch begun = new CountDownLatch(1);
    CompletableFuture<Outcome> pass =
        CompletableFuture.supplyAsync(
            () ->
                pass(
                    "clinic1",
                    urgent,
                    way -> {
                      giveWay.set(way);
                      begun.countDown();
                      awaitEnd(end);
                      return DONE;
                    }),
            threads);
    awaitEnd(begun);
    return pass;
  }

  private Outcome pass(
      String clinic, boolean urgent, Function<BooleanSupplier, Outcome> whatItDoes) {
    return locks.inTurn("clinics", clinic, urgent, CLOCK, whatItDoes);
  }

  private static void awaitEnd(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
