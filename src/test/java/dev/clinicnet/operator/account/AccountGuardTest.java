package dev.clinicnet.operator.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.account.AccountGuard.Mismatch;
import dev.clinicnet.operator.claim.KnownID;
import dev.clinicnet.operator.ngrok.Resource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccountGuardTest {
  private final AccountGuard guard = new AccountGuard();

  @ParameterizedTest
  @CsvSource({
    "4,  4,    false",
    "5,  5,    true",
    "5,  24,   true",
    "5,  25,   false",
    "6,  25,   true",
    "6,  30,   false",
    "7,  35,   false",
    "20, 100,  false",
    "21, 100,  true",
    "0,  0,    false",
    "0,  1000, false",
  })
  void blocksWhenMoreThanAFifthAndAtLeastFiveAreMissing(int missing, int known, boolean blocks) {
    check(missing, known);

    assertThat(guard.blocking(null).isPresent()).isEqualTo(blocks);
  }

  @Test
  void countsWhatIsMissing() {
    check(6, 10);

    assertThat(guard.blocking(null))
        .hasValueSatisfying(
            mismatch -> {
              assertThat(mismatch.missing()).isEqualTo(6);
              assertThat(mismatch.known()).isEqualTo(10);
            });
  }

  @Test
  void inAnotherAccountOneMissingIdSuffices() {
    guard.belongsTo("ac_1");
    check(1, 3);
    assertThat(guard.blocking(null)).isEmpty();

    guard.belongsTo("ac_2");
    check(1, 3);
    assertThat(guard.blocking(null)).map(Mismatch::missing).contains(1);

    check(0, 3);
    assertThat(guard.blocking(null)).isEmpty();
    check(1, 3);
    guard.belongsTo("ac_1");
    check(1, 3);
    assertThat(guard.blocking(null)).isEmpty();
  }

  @Test
  void anAccountThatNoStatusRecordsIsAnotherOneAlsoAfterARestart() {
    guard.records(Set.of("ac_1"));
    guard.belongsTo("ac_2");
    check(1, 1);
    assertThat(guard.blocking(null)).map(Mismatch::missing).contains(1);

    check(0, 1);
    assertThat(guard.blocking(null)).isEmpty();

    // A person has confirmed it, and the first Clinic was made again.
    guard.records(Set.of("ac_1", "ac_2"));
    check(1, 2);
    assertThat(guard.blocking(null)).isEmpty();
  }

  @Test
  void withoutARecordOrAnAnswerFewMissingIdsAreDrift() {
    guard.belongsTo("ac_2");
    check(1, 1);
    assertThat(guard.blocking(null)).isEmpty();

    guard.records(Set.of("ac_1"));
    guard.belongsTo(null);
    check(1, 1);
    assertThat(guard.blocking(null)).isEmpty();
    assertThat(guard.account()).isEmpty();
  }

  @Test
  void onlyTheCodeOfThisMismatchConfirmsIt() {
    // Given
    check(6, 10);
    String code = guard.blocking(null).map(Mismatch::code).orElseThrow();
    // Then
    assertThat(guard.blocking(code)).isEmpty();
    assertThat(guard.blocking("true")).isPresent();
    check(7, 10);
    assertThat(guard.blocking(code)).isPresent();
  }

  @Test
  void theCodeDoesNotDependOnTheOrder() {
    // Given
    List<KnownID> ids = ids(8);
    guard.check(ids, id -> true, true);
    String code = guard.blocking(null).map(Mismatch::code).orElseThrow();
    // When
    Collections.reverse(ids);
    guard.check(ids, id -> true, true);
    // Then
    assertThat(guard.blocking(code)).isEmpty();
  }

  @Test
  void nothingBlocksOnceTheObjectsAreThere() {
    check(6, 10);
    check(0, 10);

    assertThat(guard.blocking(null)).isEmpty();
  }

  @Test
  void onlyACompleteListEndsAMismatch() {
    guard.check(ids(10), id -> true, true);

    guard.check(ids(10), id -> false, false);
    assertThat(guard.blocking(null)).isPresent();

    guard.check(ids(10), id -> false, true);
    assertThat(guard.blocking(null)).isEmpty();
  }

  @Test
  void aPartialListIsEnoughToBlock() {
    guard.check(ids(10), id -> true, false);

    assertThat(guard.blocking(null)).isPresent();
  }

  @Test
  void nothingIsJudgedBeforeACompleteList() {
    guard.check(ids(10), id -> false, false);
    assertThat(guard.hasJudged()).isFalse();

    guard.check(ids(10), id -> false, true);
    assertThat(guard.hasJudged()).isTrue();
  }

  /** {@code known} ids in statuses, of which the account lacks the first {@code missing}. */
  private void check(int missing, int known) {
    List<KnownID> ids = ids(known);
    guard.check(ids, id -> ids.indexOf(id) < missing, true);
  }

  private static List<KnownID> ids(int known) {
    List<KnownID> ids = new ArrayList<>();
    for (int i = 0; i < known; i++) {
      ids.add(new KnownID(Resource.RESERVED_ADDRS, "ra_" + i));
    }
    return ids;
  }
}
