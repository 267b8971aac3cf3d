package dev.clinicnet.operator.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.api.v1alpha1.ConditionStatus;
import dev.clinicnet.operator.condition.Assessment;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificateExpiryTest {
  private static final Instant NOW = ServiceScene.NOW;
  private static final Duration NOTICE = Duration.ofDays(30);

  @Test
  void withoutCertificatesNothingIsSaid() {
    Assessment assessment = new Assessment();

    assertThat(CertificateExpiry.judge(Optional.empty(), NOW, assessment)).isEmpty();
    assertThat(assessment.get(ConditionType.CertificatesCurrent)).isEmpty();
  }

  /** Seconds that are left until the notice. */
  @ParameterizedTest
  @CsvSource({
    "1, True, CertificatesCurrent",
    "86400, True, CertificatesCurrent",
    "0, False, CertificateExpiring",
    "-1, False, CertificateExpiring",
    "-2592000, False, CertificateExpiring",
  })
  void noticeIsGivenThirtyDaysBefore(long seconds, ConditionStatus status, Reason reason) {
    // Given
    Instant end = NOW.plus(NOTICE).plusSeconds(seconds);
    Assessment assessment = new Assessment();
    // When
    Optional<Instant> requeueAt = CertificateExpiry.judge(Optional.of(end), NOW, assessment);
    // Then
    Verdict verdict = assessment.get(ConditionType.CertificatesCurrent).orElseThrow();
    assertThat(verdict.status()).isEqualTo(status);
    assertThat(verdict.reason()).isEqualTo(reason);
    assertThat(verdict.message()).contains("expires at " + end);
    // The time of the next verdict, which is never in the past.
    assertThat(requeueAt).contains(seconds > 0 ? end.minus(NOTICE) : end.plusSeconds(1));
    assertThat(requeueAt.orElseThrow()).isAfter(NOW);
  }

  @Test
  void wakingAtTheNoticeGivesIt() {
    // Given
    Instant end = NOW.plus(Duration.ofDays(90));
    Instant requeueAt =
        CertificateExpiry.judge(Optional.of(end), NOW, new Assessment()).orElseThrow();
    Assessment assessment = new Assessment();
    // When
    CertificateExpiry.judge(Optional.of(end), requeueAt, assessment);
    // Then
    assertThat(assessment.fails(ConditionType.CertificatesCurrent)).isTrue();
  }

  @Test
  void anExpiringCertificateDoesNotMakeTheServiceUnready() {
    // Given
    Assessment assessment =
        new Assessment()
            .put(ConditionType.Accepted, Verdict.yes(Reason.Accepted, "yes"))
            .put(ConditionType.ResolvedRefs, Verdict.yes(Reason.ResolvedRefs, "yes"))
            .put(ConditionType.Programmed, Verdict.yes(Reason.Programmed, "yes"));
    // When
    CertificateExpiry.judge(Optional.of(NOW.plusSeconds(60)), NOW, assessment);
    // Then
    assertThat(assessment.ready().isTrue()).isTrue();
  }
}
