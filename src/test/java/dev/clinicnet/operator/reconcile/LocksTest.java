package dev.clinicnet.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
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
    CompletableFuture<Outcome> first = hold(Urgency.USUAL);

    assertThat(pass("clinic1", Urgency.USUAL, way -> DONE))
        .isEqualTo(Outcome.waiting(Optional.of(CLOCK.instant().plusSeconds(1)), false));
    assertThat(pass("clinic2", Urgency.USUAL, way -> DONE)).isEqualTo(DONE);

    end.countDown();
    assertThat(first.join()).isEqualTo(DONE);
    assertThat(pass("clinic1", Urgency.USUAL, way -> DONE)).isEqualTo(DONE);
  }

  @Test
  void somethingUrgentIsToldToWhoeverHasTheTurnAndGetsIt() {
    CompletableFuture<Outcome> first = hold(Urgency.USUAL);
    assertThat(giveWay.get().getAsBoolean()).isFalse();

    CompletableFuture<Outcome> urgent =
        CompletableFuture.supplyAsync(() -> pass("clinic1", Urgency.CUT_OFF, way -> DONE), threads);
    await().atMost(Duration.ofSeconds(5)).until(() -> giveWay.get().getAsBoolean());
    end.countDown();

    assertThat(urgent.join()).isEqualTo(DONE);
    assertThat(first.join()).isEqualTo(DONE);
    assertThat(giveWay.get().getAsBoolean()).isFalse();
  }

  @Test
  void whatIsUrgentItselfGivesNoWay() {
    CompletableFuture<Outcome> first = hold(Urgency.CUT_OFF);
    CompletableFuture<Outcome> second =
        CompletableFuture.supplyAsync(() -> pass("clinic1", Urgency.CUT_OFF, way -> DONE), threads);

    assertThat(pass("clinic1", Urgency.USUAL, way -> DONE).finished()).isFalse();
    assertThat(giveWay.get().getAsBoolean()).isFalse();

    end.countDown();
    assertThat(first.join()).isEqualTo(DONE);
    assertThat(second.join()).isEqualTo(DONE);
  }

  @Test
  void hundredsOfDeletionsThatWaitForOneClinicLeaveThreadsToOthers() {
    CompletableFuture<Outcome> first = hold(Urgency.DELETION);
    List<CompletableFuture<Outcome>> deletions = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      deletions.add(
          CompletableFuture.supplyAsync(
              () -> pass("clinic1", Urgency.DELETION, way -> DONE), threads));
    }

    await()
        .atMost(Duration.ofSeconds(4))
        .until(() -> deletions.stream().filter(CompletableFuture::isDone).count() == 96);
    CompletableFuture<Outcome> cut =
        CompletableFuture.supplyAsync(() -> pass("clinic1", Urgency.CUT_OFF, way -> DONE), threads);
    assertThat(cut).as("a cut waits all the same").isNotDone();
    end.countDown();

    assertThat(cut.join()).isEqualTo(DONE);
    assertThat(first.join()).isEqualTo(DONE);
    assertThat(deletions.stream().map(CompletableFuture::join).filter(DONE::equals)).hasSize(4);
  }

  @Test
  void aFailedPassLeavesTheTurnToOthers() {
    CompletableFuture<Outcome> failing =
        CompletableFuture.supplyAsync(
            () ->
                pass(
                    "clinic1",
                    Urgency.USUAL,
                    way -> {
                      throw new IllegalStateException("it failed");
                    }),
            threads);
    assertThat(failing).failsWithin(Duration.ofSeconds(5));

    assertThat(pass("clinic1", Urgency.USUAL, way -> DONE)).isEqualTo(DONE);
  }

  /** A pass that has the turn until the test ends it. */
  private CompletableFuture<Outcome> hold(Urgency urgent) {
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
      String clinic, Urgency urgent, Function<BooleanSupplier, Outcome> whatItDoes) {
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
