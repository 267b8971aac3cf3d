package dev.clinicnet.operator.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clinicnet.operator.ngrok.Failure;
import dev.clinicnet.operator.ngrok.NgrokException;
import dev.clinicnet.operator.ngrok.WriteGuard;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class InFlightTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  private final InFlight inFlight = new InFlight(WriteGuard.ALWAYS);

  @Test
  void aPassIsCarriedOut() {
    assertThat(inFlight.run(() -> "done", "not begun")).isEqualTo("done");
  }

  @Test
  void onceItEndsNoneBegins() {
    assertThat(inFlight.finish(LONG)).isTrue();

    assertThat(inFlight.run(() -> "done", "not begun")).isEqualTo("not begun");
  }

  @Test
  void theOneUnderWayIsWaitedForAndMayWrite() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    CompletableFuture<String> pass = CompletableFuture.supplyAsync(() -> wait(begun, answer));
    begun.await();
    CompletableFuture<Boolean> finish = CompletableFuture.supplyAsync(() -> inFlight.finish(LONG));

    inFlight.confirm();
    assertThat(finish).isNotDone();
    answer.countDown();

    assertThat(finish.join()).isTrue();
    assertThat(pass.join()).isEqualTo("written");
  }

  @Test
  void theOneThatDoesNotEndInTimeMayWriteNothingMore() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    CompletableFuture<String> pass = CompletableFuture.supplyAsync(() -> wait(begun, answer));
    begun.await();

    assertThat(inFlight.finish(Duration.ofMillis(20))).isFalse();
    answer.countDown();

    assertThatThrownBy(pass::join).hasCauseInstanceOf(NgrokException.class);
    assertThatThrownBy(inFlight::check)
        .isInstanceOfSatisfying(
            NgrokException.class, e -> assertThat(e.failure()).isEqualTo(Failure.NOT_LEADING));
  }

  @Test
  void whoDoesNotLeadMayNotWriteInAPass() {
    InFlight standbys =
        new InFlight(
            () -> {
              throw new NgrokException(Failure.NOT_LEADING, null, "another process leads", null);
            });

    assertThatThrownBy(standbys::check).hasMessageContaining("another process leads");
  }

  @Test
  void aPassThatFailsIsNotWaitedFor() {
    assertThatThrownBy(
            () ->
                inFlight.run(
                    () -> {
                      throw new IllegalStateException("broken");
                    },
                    "not begun"))
        .hasMessage("broken");

    assertThat(inFlight.finish(LONG)).isTrue();
  }

  private String wait(CountDownLatch begun, CountDownLatch answer) {
    return inFlight.run(
        () -> {
          begun.countDown();
          try {
            answer.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          inFlight.check();
          return "written";
        },
        "not begun");
  }
}
