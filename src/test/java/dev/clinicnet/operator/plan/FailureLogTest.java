package dev.clinicnet.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.inventory.Inventory;
import dev.clinicnet.operator.ngrok.Failure;
import dev.clinicnet.operator.ngrok.NgrokException;
import dev.clinicnet.operator.ngrok.RemoteObject;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.testkit.LogCapture;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the log says about steps that fail. */
class FailureLogTest {
  private static final String OWNER = "Clinic clinics/noisy";
  private static final Step STOP = new Step.Delete(Resource.ENDPOINTS, "ep_1", "ep_1");

  private final ScriptedNgrok ngrok = new ScriptedNgrok();
  private final Inventory inventory = new Inventory();
  private final Attempts attempts = new Attempts();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void aStepThatFailsFiveTimesIsOneLineAndItsSuccessAnother() {
    try (LogCapture log = LogCapture.begin()) {
      for (int pass = 1; pass <= 5; pass++) {
        ngrok.failing("delete endpoints", failure(Failure.CONFLICT, "ERR_NGROK_446", "op_" + pass));
        run();
      }
      run();

      assertThat(log.linesAbout(OWNER))
          .containsExactly(
              "INFO "
                  + OWNER
                  + ": could not delete endpoints ep_1: it failed (ngrok operation op_1)",
              "INFO " + OWNER + ": delete endpoints ep_1");
      assertThat(log.text()).contains("DEBUG", "op_2", "op_5");
    }
  }

  @Test
  void anotherFailureIsAnotherLine() {
    try (LogCapture log = LogCapture.begin()) {
      ngrok.failing("delete endpoints", failure(Failure.CONFLICT, "ERR_NGROK_446", "op_1"));
      run();
      ngrok.failing("delete endpoints", failure(Failure.UNAVAILABLE, null, null));
      run();

      assertThat(log.linesAbout(OWNER)).hasSize(2);
    }
  }

  @ParameterizedTest
  @EnumSource(Failure.class)
  void aFailedAttemptIsNoWarningBecauseTheConditionIs(Failure failure) {
    try (LogCapture log = LogCapture.begin()) {
      ngrok.failing("delete endpoints", failure(failure, null, null));
      run();

      // It is no news that a step waits for its turn.
      assertThat(log.linesAbout(OWNER)).hasSize(failure == Failure.WAITING ? 0 : 1);
      assertThat(log.warningsAbout(OWNER)).isEmpty();
    }
  }

  /** Each pass comes after the wait of the one before. */
  private void run() {
    now = now.plus(Duration.ofHours(1));
    InstantSource time = () -> now;
    Clock clock = time.withZone(ZoneOffset.UTC);
    new PlanRunner(ngrok, inventory, attempts, clock).run(OWNER, List.of(STOP), new Silent());
  }

  private static NgrokException failure(Failure failure, String code, String operation) {
    return new NgrokException(failure, code, "it failed", null, operation);
  }

  private static final class Silent implements Journal {
    @Override
    public boolean write(Step.Write step) {
      return true;
    }

    @Override
    public void intend(Step.Create<?, ?> step) {}

    @Override
    public void done(Step step, RemoteObject answer) {}
  }
}
