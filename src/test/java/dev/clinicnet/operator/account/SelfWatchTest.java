package dev.clinicnet.operator.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.claim.KnownID;
import dev.clinicnet.operator.ngrok.AccountSelf;
import dev.clinicnet.operator.ngrok.Failure;
import dev.clinicnet.operator.ngrok.NgrokException;
import dev.clinicnet.operator.ngrok.Resource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class SelfWatchTest {
  private final Deque<Supplier<Optional<AccountSelf>>> answers = new ArrayDeque<>();
  private final List<AccountSelf> told = new ArrayList<>();
  private final AccountGuard guard = new AccountGuard();
  private String key = "first";
  private final SelfWatch watch =
      new SelfWatch(() -> answers.remove().get(), () -> key, told::add, guard, SweepListener.NONE);

  @Test
  void eachCompleteListAsksAndShowsTheAnswer() {
    assertThat(watch.fullCapture()).isNaN();

    says(new AccountSelf("ac_1", false, true));
    listed(true);
    assertThat(watch.fullCapture()).isEqualTo(1);
    assertThat(watch.warnings()).singleElement().asString().contains("full capture");
    listed(false);

    says(new AccountSelf("ac_1", true, false));
    listed(true);
    assertThat(watch.fullCapture()).isZero();
    assertThat(watch.warnings()).singleElement().asString().contains("is suspended");
    assertThat(told).extracting(AccountSelf::suspended).containsExactly(false, true);
  }

  @Test
  void theGuardHearsWhoseAccountItIsBeforeItJudges() {
    says(new AccountSelf("ac_1", null, null));
    listed(true);
    says(new AccountSelf("ac_2", null, null));
    listed(true);

    guard.check(List.of(new KnownID(Resource.ENDPOINTS, "ep_1")), id -> true, true);

    assertThat(guard.blocking(null)).isPresent();
    assertThat(watch.fullCapture()).isNaN();
  }

  @Test
  void aPlatformThatDoesNotSayItIsNotAskedAgain() {
    answers.add(Optional::empty);
    listed(true);
    listed(true);

    assertThat(answers).isEmpty();
    assertThat(told).isEmpty();
  }

  @Test
  void anotherKeyIsAskedWith() {
    answers.add(Optional::empty);
    listed(true);
    key = "second";
    says(new AccountSelf("ac_1", false, true));
    listed(true);

    assertThat(watch.fullCapture()).isEqualTo(1);
  }

  @Test
  void whatNgrokNoLongerSaysIsNotKept() {
    says(new AccountSelf("ac_1", true, true));
    listed(true);
    assertThat(watch.warnings()).hasSize(2);
    fails(Failure.UNAVAILABLE);
    listed(true);
    assertThat(watch.warnings()).hasSize(2);

    fails(Failure.UNAUTHORIZED);
    listed(true);

    assertThat(watch.warnings()).isEmpty();
    assertThat(watch.fullCapture()).isNaN();
    assertThat(watch.id()).isEmpty();
    assertThat(told).extracting(AccountSelf::suspended).containsExactly(true, false);
  }

  /** The scope may be added to the same key. */
  @Test
  void aRefusedKeyAsksAgain() {
    fails(Failure.UNAUTHORIZED);
    listed(true);
    says(new AccountSelf("ac_1", false, true));
    listed(true);

    assertThat(watch.fullCapture()).isEqualTo(1);
  }

  @Test
  void afterAFailureTheNextListAsksAgain() {
    fails(Failure.UNAVAILABLE);
    listed(true);
    says(new AccountSelf("ac_1", false, false));
    listed(true);

    assertThat(watch.fullCapture()).isZero();
  }

  private void fails(Failure failure) {
    answers.add(
        () -> {
          throw new NgrokException(failure, null, "no answer", null);
        });
  }

  private void says(AccountSelf self) {
    answers.add(() -> Optional.of(self));
  }

  private void listed(boolean complete) {
    watch.listed(Set.of(), id -> false, complete);
  }
}
