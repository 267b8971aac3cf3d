package dev.clinicnet.operator.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clinicnet.operator.claim.KnownID;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.ngrok.Failure;
import dev.clinicnet.operator.ngrok.NgrokException;
import dev.clinicnet.operator.ngrok.RemoteObject;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.ngrok.WriteGuard;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeyGuardTest {
  private static final List<KnownID> IDS =
      IntStream.range(0, 10).mapToObj(i -> new KnownID(Resource.ENDPOINTS, "ep_" + i)).toList();

  private String key = "one";
  private long now;
  private int lists;
  private boolean wrong;
  private final AccountGuard account = new AccountGuard();
  private final KeyGuard guard = new KeyGuard(() -> key, WriteGuard.ALWAYS, () -> now);
  private final SweepListener sweeps =
      guard.judging(
          new SweepListener() {
            @Override
            public void listed(
                Set<Resource<?, ?, ?>> resources, Predicate<KnownID> missing, boolean complete) {
              account.check(IDS, id -> wrong, complete);
            }

            @Override
            public void swept(List<RemoteObject> changed, Set<Owner> waiters, boolean complete) {}

            @Override
            public void failed(NgrokException failure) {}
          },
          account);

  KeyGuardTest() {
    guard.relistBy(() -> lists++);
  }

  @Test
  void beforeTheFirstListNothingIsHeldBack() {
    assertAllowed();
    key = "two";
    assertAllowed();
  }

  @Test
  void aNewKeyWritesNothingBeforeItsAccountWasListedAndTheListIsAskedForOnce() {
    sweep(true);
    key = "two";

    assertHeld();
    assertHeld();
    assertThat(lists).isEqualTo(1);
    sweep(false);
    assertHeld();

    sweep(true);
    assertAllowed();
  }

  @Test
  void aListThatBeganWithTheOldKeyDoesNotCount() {
    sweep(true);
    sweeps.begins();
    key = "two";
    sweeps.listed(Set.of(), id -> false, true);

    assertHeld();
    assertThat(lists).isEqualTo(1);
  }

  @Test
  void aSweepNoticesTheNewKeyThoughNothingIsWritten() {
    sweep(true);
    key = "two";
    sweep(false);
    sweep(false);

    assertThat(lists).isEqualTo(1);
  }

  @Test
  void inAWrongAccountPassesThatAlreadyRanWriteNothingEither() {
    sweep(true);
    key = "two";
    wrong = true;
    sweep(true);

    assertHeld();
    now += KeyGuard.RUNNING_PASSES.toNanos();
    // From now on the AccountGuard holds back, and a person may confirm.
    assertAllowed();
  }

  @Test
  void theRightKeyComesBack() {
    sweep(true);
    key = "two";
    wrong = true;
    sweep(true);
    key = "one";
    assertHeld();
    wrong = false;
    sweep(true);

    assertAllowed();
  }

  private void sweep(boolean complete) {
    sweeps.begins();
    sweeps.listed(Set.of(), id -> wrong, complete);
  }

  private void assertAllowed() {
    assertThatCode(guard::check).doesNotThrowAnyException();
  }

  private void assertHeld() {
    assertThatThrownBy(guard::check)
        .isInstanceOfSatisfying(
            NgrokException.class,
            e -> {
              assertThat(e.failure()).isEqualTo(Failure.UNAVAILABLE);
              assertThat(e).hasMessageContaining("API key was replaced");
            });
  }
}
