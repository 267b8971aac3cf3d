package dev.clinicnet.operator.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SpacedTest {
  private static final Duration WAIT = Duration.ofMillis(200);

  private final Deque<Runnable> planned = new ArrayDeque<>();
  private final AtomicInteger runs = new AtomicInteger();
  private final Spaced spaced = new Spaced(WAIT, this::later, runs::incrementAndGet);

  private void later(Duration wait, Runnable task) {
    assertThat(wait).isEqualTo(WAIT);
    planned.add(task);
  }

  @Test
  void runsAfterTheTimeAndNotBefore() {
    spaced.ask();
    assertThat(runs).hasValue(0);

    planned.remove().run();
    assertThat(runs).hasValue(1);
    assertThat(planned).isEmpty();
  }

  @Test
  void runsOnceForTheFirstOfManyRequestsAndOnceForTheOthers() {
    for (int i = 0; i < 1000; i++) {
      spaced.ask();
    }
    assertThat(planned).hasSize(1);

    planned.remove().run();
    assertThat(planned).hasSize(1);

    planned.remove().run();
    assertThat(runs).hasValue(2);
    assertThat(planned).isEmpty();
  }

  @Test
  void runsAgainIfItIsAskedForLater() {
    spaced.ask();
    planned.remove().run();
    spaced.ask();
    planned.remove().run();

    assertThat(runs).hasValue(2);
  }

  @Test
  void goesOnIfARunFails() {
    Spaced failing =
        new Spaced(
            WAIT,
            this::later,
            () -> {
              throw new IllegalStateException("a fault");
            });
    failing.ask();
    failing.ask();
    assertThat(planned).hasSize(1);

    Runnable first = planned.remove();
    assertThat(catchThrowable(first::run)).isNotNull();
    assertThat(planned).hasSize(1);
  }
}
