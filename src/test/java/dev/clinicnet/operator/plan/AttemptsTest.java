package dev.clinicnet.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.ngrok.Failure;
import dev.clinicnet.operator.ngrok.Lane;
import dev.clinicnet.operator.ngrok.NgrokException;
import dev.clinicnet.operator.ngrok.ReservedAddr;
import dev.clinicnet.operator.ngrok.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AttemptsTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Step STEP = new Step.Delete(Resource.ENDPOINTS, "ep_1", "https://a.com");

  private final Attempts attempts = new Attempts();

  @ParameterizedTest
  @CsvSource({
    "CONFLICT, 10",
    "UNAUTHORIZED, 10",
    "THROTTLED, 10",
    "UNAVAILABLE, 10",
    "INVALID, 600",
    "ACCOUNT_LIMIT, 600",
    "NOT_FOUND, 0",
    "ALREADY_EXISTS, 0",
    "OUTCOME_UNKNOWN, 0",
    "NOT_LEADING, 0",
  })
  void theFirstWaitDependsOnTheFailure(Failure failure, long seconds) {
    assertThat(waits(failure, 1)).containsExactly(Duration.ofSeconds(seconds));
  }

  @Test
  void theWaitDoublesUpToTenMinutes() {
    assertThat(waits(Failure.CONFLICT, 9))
        .extracting(Duration::toSeconds)
        .containsExactly(10L, 20L, 40L, 80L, 160L, 320L, 600L, 600L, 600L);
    assertThat(waits(Failure.CONFLICT, 100).get(99)).isEqualTo(Duration.ofMinutes(10));
  }

  @ParameterizedTest
  @EnumSource(Failure.class)
  void nothingIsTriedForeverWithoutAWait(Failure failure) {
    assertThat(waits(failure, 5).get(4)).isGreaterThanOrEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void aPersonWhoAsksForItHasAStepTriedAgainAtOnceAndOnlyOnce() {
    fail(Failure.ACCOUNT_LIMIT);
    attempts.retry("owner", Optional.of("plan changed"));
    assertThat(attempts.blocking("owner", STEP, NOW)).isEmpty();

    fail(Failure.ACCOUNT_LIMIT);
    attempts.retry("owner", Optional.of("plan changed"));
    attempts.retry("owner", Optional.empty());
    attempts.retry("somebody else", Optional.of("now"));
    assertThat(attempts.blocking("owner", STEP, NOW)).isPresent();

    attempts.retry("owner", Optional.of("once more"));
    assertThat(attempts.blocking("owner", STEP, NOW)).isEmpty();
  }

  private void fail(Failure failure) {
    attempts.fail("owner", STEP, new NgrokException(failure, null, "no", null), NOW);
  }

  @Test
  void thePlatformsOwnWaitIsTaken() {
    // When
    attempts.fail(
        "o",
        STEP,
        new NgrokException(Failure.THROTTLED, null, "slow", Duration.ofSeconds(33)),
        NOW);
    // Then
    assertThat(attempts.blocking("o", STEP, NOW))
        .map(Attempts.Failed::notBefore)
        .contains(NOW.plusSeconds(33));
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0, 1})
  void blocksUntilTheMomentAndNotAtIt(long offset) {
    // Given
    attempts.fail("o", STEP, ScriptedNgrok.failure(Failure.CONFLICT), NOW);
    // Then
    assertThat(attempts.blocking("o", STEP, NOW.plusSeconds(10 + offset)).isPresent())
        .isEqualTo(offset < 0);
  }

  @Test
  void anotherStepOrOwnerIsNotBlocked() {
    // Given
    attempts.fail("o", STEP, ScriptedNgrok.failure(Failure.CONFLICT), NOW);
    // Then
    Step other = new Step.Delete(Resource.ENDPOINTS, "ep_2", "https://a.com");
    assertThat(attempts.blocking("o", other, NOW)).isEmpty();
    assertThat(attempts.blocking("p", STEP, NOW)).isEmpty();
    assertThat(attempts.blocking("o", STEP, NOW)).isPresent();
  }

  @Test
  void aStepThatHasBecomeMoreUrgentGoesAtOnceAndOneThatHasBecomeLessSoKeepsItsLane() {
    // Given
    Step bulk =
        new Step.Update<>(
            Resource.RESERVED_ADDRS,
            "ra_1",
            new ReservedAddr.Update(null, "m"),
            "a:1",
            Lane.BULK,
            Cause.MANIFEST);
    Step change = bulk.in(Lane.CHANGE);
    // When
    attempts.fail("o", bulk, ScriptedNgrok.failure(Failure.THROTTLED), NOW);
    // Then
    assertThat(attempts.blocking("o", bulk, NOW)).isPresent();
    assertThat(attempts.blocking("o", change, NOW)).isEmpty();
    assertThat(attempts.inItsLane("o", change)).isEqualTo(change);
    // When
    attempts.fail("o", change, ScriptedNgrok.failure(Failure.THROTTLED), NOW);
    // Then
    assertThat(attempts.blocking("o", bulk, NOW)).isPresent();
    assertThat(attempts.inItsLane("o", bulk)).isEqualTo(change);
    attempts.succeed("o", bulk);
    assertThat(attempts.inItsLane("o", bulk)).isEqualTo(bulk);
  }

  @Test
  void successAndForgettingBeginAnew() {
    // Given
    attempts.fail("o", STEP, ScriptedNgrok.failure(Failure.CONFLICT), NOW);
    attempts.succeed("o", STEP);
    // Then
    assertThat(waits(Failure.CONFLICT, 1)).containsExactly(Duration.ofSeconds(10));
    attempts.forget("o");
    assertThat(attempts.blocking("o", STEP, NOW)).isEmpty();
    assertThat(waits(Failure.CONFLICT, 1)).containsExactly(Duration.ofSeconds(10));
  }

  @Test
  void aCreationThatWaitsLeavesNothingBehindButItsLane() {
    // Given
    NgrokException waits = new NgrokException(Failure.WAITING, null, "waits", null);
    Step last = creation("0");
    // When
    for (int i = 0; i < 100; i++) {
      last = creation("" + i);
      attempts.fail("o", last.in(i == 0 ? Lane.CHANGE : Lane.BULK), waits, NOW);
      last = attempts.inItsLane("o", last);
    }
    // Then
    assertThat(attempts.size()).isEqualTo(1);
    assertThat(attempts.blocking("o", last, NOW)).isEmpty();
    attempts.succeed("o", last);
    assertThat(attempts.size()).isZero();
  }

  @Test
  void aCreationKeepsItsLaneAlsoWithAnotherNonce() {
    NgrokException waits = new NgrokException(Failure.WAITING, null, "waits", null);
    attempts.fail("o", creation("1").in(Lane.CHANGE), waits, NOW);
    assertThat(attempts.inItsLane("o", creation("2")).lane()).isEqualTo(Lane.CHANGE);
    assertThat(attempts.inItsLane("p", creation("2")).lane()).isEqualTo(Lane.BULK);
  }

  @Test
  void aStepThatWaitsStillKnowsItsFailure() {
    attempts.fail("o", STEP, ScriptedNgrok.failure(Failure.CONFLICT), NOW);
    attempts.fail("o", STEP, ScriptedNgrok.failure(Failure.WAITING), NOW.plusSeconds(10));
    assertThat(attempts.blocking("o", STEP, NOW.plusSeconds(10))).isEmpty();
    assertThat(attempts.fail("o", STEP, ScriptedNgrok.failure(Failure.CONFLICT), NOW).times())
        .isEqualTo(2);
  }

  @Test
  void whatIsNotPlannedAnyMoreIsForgotten() {
    // Given
    Step refused = creation("refused text");
    attempts.fail("o", refused, ScriptedNgrok.failure(Failure.INVALID), NOW);
    attempts.fail("o", STEP, ScriptedNgrok.failure(Failure.CONFLICT), NOW);
    attempts.fail("p", STEP, ScriptedNgrok.failure(Failure.CONFLICT), NOW);
    // When
    attempts.keep("o", List.of(creation("corrected text"), STEP.in(Lane.DELETING)));
    // Then
    assertThat(attempts.size()).isEqualTo(2);
    assertThat(attempts.blocking("o", STEP, NOW)).isPresent();
    assertThat(attempts.blocking("o", refused, NOW)).isEmpty();
    assertThat(attempts.blocking("p", STEP, NOW)).isPresent();
    attempts.keep("o", List.of());
    attempts.forgetOutage();
    attempts.forget("p");
    assertThat(attempts.size()).isZero();
  }

  private static Step creation(String metadata) {
    return new Step.Create<>(
        Resource.RESERVED_ADDRS,
        new ReservedAddr.Create("d", metadata, "us"),
        "ClinicService a/b",
        Lane.BULK,
        List.of());
  }

  private List<Duration> waits(Failure failure, int times) {
    List<Duration> waits = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      Attempts.Failed failed = attempts.fail("o", STEP, ScriptedNgrok.failure(failure), NOW);
      waits.add(Duration.between(NOW, failed.notBefore()));
    }
    return waits;
  }
}
