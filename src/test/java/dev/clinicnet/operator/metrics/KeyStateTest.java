package dev.clinicnet.operator.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.ngrok.Failure;
import dev.clinicnet.simulator.MutableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class KeyStateTest {
  private static final String LIST = "GET endpoints";
  private static final String CREATE = "POST endpoints";

  private final MutableClock clock = new MutableClock();
  private final KeyState key = new KeyState(clock);

  @Test
  void isUnknownUntilAnAnswerTells() {
    assertThat(key.accepted()).isNaN();
    key.answered(LIST, Failure.UNAVAILABLE);
    assertThat(key.accepted()).isNaN();
    key.answered(LIST, null);
    assertThat(key.accepted()).isEqualTo(1);
  }

  @Test
  void oneRefusalIsASlipAndTwoAreAState() {
    key.answered(LIST, Failure.UNAUTHORIZED);
    assertThat(key.accepted()).isEqualTo(1);
    key.answered(LIST, Failure.UNAUTHORIZED);
    assertThat(key.accepted()).isZero();
  }

  @Test
  void whatTellsNothingOfTheKeyChangesNothing() {
    refuseTwice(LIST);
    key.answered(LIST, Failure.UNAVAILABLE);
    key.answered(LIST, Failure.THROTTLED);
    assertThat(key.accepted()).isZero();
  }

  @Test
  void isAcceptedAtOnceWhenWhatWasRefusedIsAnswered() {
    refuseTwice(LIST);
    refuseTwice(CREATE);
    key.answered(LIST, null);
    assertThat(key.accepted()).isEqualTo(1);
  }

  @Test
  void aKeyThatMayOnlyListIsRefusedThoughListsSucceed() {
    key.answered(LIST, null);
    refuseTwice(CREATE);
    key.answered(LIST, null);
    assertThat(key.accepted()).isZero();
    key.answered(CREATE, Failure.INVALID);
    assertThat(key.accepted()).isEqualTo(1);
  }

  @Test
  void aRefusalThatIsNotRepeatedIsForgotten() {
    refuseTwice(CREATE);
    clock.advance(Duration.ofMinutes(15));
    assertThat(key.accepted()).isZero();
    clock.advance(Duration.ofSeconds(1));
    assertThat(key.accepted()).isEqualTo(1);
  }

  private void refuseTwice(String request) {
    key.answered(request, Failure.UNAUTHORIZED);
    key.answered(request, Failure.UNAUTHORIZED);
  }
}
