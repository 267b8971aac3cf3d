package dev.clinicnet.operator.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.controller.ExitReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class GracefulStopTest {
  private final List<String> closed = new ArrayList<>();
  private ExitReason ended;

  @Test
  void aSignalClosesTheOperatorAndThenEnds() {
    stop(() -> closed.add("operator"), Duration.ofSeconds(10), true);

    ends(ExitReason.STOPPED);
    assertThat(closed).containsExactly("operator");
  }

  @Test
  void aProblemWhileClosingDoesNotKeepTheProcessAlive() {
    stop(
        () -> {
          throw new IllegalStateException("some problem");
        },
        Duration.ofSeconds(10),
        true);

    ends(ExitReason.STOPPED);
  }

  @Test
  void whatDoesNotEndInTimeIsLeft() {
    CountDownLatch never = new CountDownLatch(1);

    stop(never::await, Duration.ofMillis(20), true);

    ends(ExitReason.STOPPED_LATE);
    never.countDown();
  }

  @Test
  void anExitWithACodeOfItsOwnKeepsIt() {
    stop(() -> closed.add("operator"), Duration.ofSeconds(10), false);

    assertThat(ended).isNull();
    assertThat(closed).isEmpty();
  }

  private void stop(AutoCloseable operator, Duration limit, boolean signalled) {
    new GracefulStop(operator, limit, () -> signalled, reason -> ended = reason).run();
  }

  private void ends(ExitReason reason) {
    assertThat(ended).isEqualTo(reason);
  }
}
