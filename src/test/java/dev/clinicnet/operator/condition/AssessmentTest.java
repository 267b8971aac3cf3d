package dev.clinicnet.operator.condition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.api.v1alpha1.ConditionStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AssessmentTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.987Z");
  private static final Verdict GOOD = Verdict.yes(Reason.Accepted, "fine");

  @Test
  void readyIsTrueWhenItsThreeAre() {
    Assessment assessment = good().put(ConditionType.Programmed, yes(Reason.InternalOnly));

    assertThat(assessment.ready().isTrue()).isTrue();
    assertThat(assessment.ready().reason()).isEqualTo(Reason.InternalOnly);
    assertThat(types(assessment))
        .doesNotContain(ConditionType.Reconciling, ConditionType.Stalled)
        .contains(ConditionType.Ready);
  }

  @Test
  void readyIsUnknownWhileOneOfThemWasNotLookedAt() {
    assertThat(good().ready().status()).isEqualTo(ConditionStatus.Unknown);
    assertThat(good().ready().reason()).isEqualTo(Reason.Pending);
    assertThat(types(good()))
        .contains(ConditionType.Reconciling)
        .doesNotContain(ConditionType.Stalled);
  }

  @Test
  void readySaysWhatFailsThoughAnotherWasNotLookedAt() {
    // Given
    Assessment assessment =
        new Assessment()
            .put(ConditionType.ResolvedRefs, Verdict.no(Reason.ClinicNotFound, "no such Clinic"));
    // Then
    assertThat(assessment.ready().reason()).isEqualTo(Reason.ClinicNotFound);
    assertThat(types(assessment))
        .contains(ConditionType.Stalled)
        .doesNotContain(ConditionType.Reconciling);
  }

  @Test
  void theFirstVerdictThatDoesNotHoldWins() {
    Assessment assessment =
        new Assessment()
            .put(ConditionType.Accepted, GOOD)
            .put(ConditionType.Accepted, Verdict.no(Reason.HostConflict, "first"))
            .put(ConditionType.Accepted, Verdict.no(Reason.Invalid, "second"))
            .put(ConditionType.Accepted, GOOD);

    assertThat(assessment.get(ConditionType.Accepted))
        .contains(Verdict.no(Reason.HostConflict, "first"));
    assertThat(assessment.fails(ConditionType.Accepted)).isTrue();
    assertThat(assessment.fails(ConditionType.Programmed)).isFalse();
  }

  @Test
  void readyFollowsAcceptedBeforeProgrammed() {
    Assessment assessment =
        new Assessment()
            .put(ConditionType.Programmed, Verdict.no(Reason.Pending, "later"))
            .put(ConditionType.ResolvedRefs, yes(Reason.ResolvedRefs))
            .put(ConditionType.Accepted, Verdict.no(Reason.DomainConflict, "taken"));

    assertThat(assessment.ready()).isEqualTo(Verdict.no(Reason.DomainConflict, "taken"));
  }

  @ParameterizedTest
  @EnumSource(Reason.class)
  void eitherReconcilingOrStalledIsThereWhileNotReady(Reason reason) {
    // Given
    Assessment assessment = good().put(ConditionType.Programmed, Verdict.no(reason, "no"));
    // Then
    boolean stalled = types(assessment).contains(ConditionType.Stalled);
    boolean reconciling = types(assessment).contains(ConditionType.Reconciling);
    assertThat(stalled).isNotEqualTo(reconciling);
    assertThat(stalled).isEqualTo(reason.waits() == Reason.Waits.SOMEBODY);
  }

  @Test
  void whatIsNotPartOfReadyDoesNotHoldItBack() {
    Assessment assessment =
        good()
            .put(ConditionType.Programmed, yes(Reason.Programmed))
            .put(ConditionType.DomainsReady, Verdict.no(Reason.WaitingForDNS, "create records"))
            .put(ConditionType.AgentOnline, Verdict.no(Reason.NeverConnected, "install"))
            .put(ConditionType.SiteKitCurrent, Verdict.unknown(Reason.NoAgent, "none"));

    assertThat(assessment.ready().isTrue()).isTrue();
    assertThat(types(assessment))
        .contains(
            ConditionType.DomainsReady, ConditionType.AgentOnline, ConditionType.SiteKitCurrent);
  }

  @Test
  void theTransitionTimeIsKeptWhileTheStatusIs() {
    // Given
    List<Condition> before =
        good()
            .put(ConditionType.Programmed, Verdict.no(Reason.Pending, "a"))
            .conditions(List.of(), 1, NOW);
    Instant later = NOW.plusSeconds(60);
    // When
    List<Condition> sameStatus =
        good()
            .put(ConditionType.Programmed, Verdict.no(Reason.PlatformUnavailable, "b"))
            .conditions(before, 2, later);
    List<Condition> other =
        good().put(ConditionType.Programmed, yes(Reason.Programmed)).conditions(before, 2, later);
    // Then
    assertThat(programmed(sameStatus).lastTransitionTime()).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(programmed(sameStatus).observedGeneration()).isEqualTo(2L);
    assertThat(programmed(other).lastTransitionTime()).isEqualTo("2026-01-01T00:01:00Z");
  }

  @Test
  void transitionsAreChangesOfStatusOrReasonAndNotOfText() {
    // Given
    List<Condition> before =
        List.of(
            condition("Accepted", ConditionStatus.True, "Accepted", "a"),
            condition("Programmed", ConditionStatus.False, "Pending", "a"),
            condition("AgentOnline", ConditionStatus.True, "AgentConnected", "a"));
    List<Condition> after =
        List.of(
            condition("Accepted", ConditionStatus.True, "Accepted", "b"),
            condition("Programmed", ConditionStatus.False, "APIKeyRejected", "a"),
            condition("AgentOnline", ConditionStatus.False, "AgentOffline", "a"),
            condition("DomainsReady", ConditionStatus.True, "NoDomains", "a"));
    // Then
    assertThat(Conditions.transitions(before, after))
        .extracting(Condition::type)
        .containsExactly("Programmed", "AgentOnline", "DomainsReady");
  }

  @Test
  void carriesOverAllButTheOneJudgedAnewAndThoseThatFollow() {
    // Given
    List<Condition> before =
        good()
            .put(ConditionType.Programmed, Verdict.no(Reason.Pending, "a"))
            .conditions(List.of(), 1, NOW);
    // When
    Assessment carried = Assessment.carriedOver(before, ConditionType.Programmed);
    // Then
    assertThat(carried.get(ConditionType.Accepted)).contains(GOOD);
    assertThat(carried.get(ConditionType.Programmed)).isEmpty();
    assertThat(carried.get(ConditionType.Ready)).isEmpty();
    assertThat(carried.get(ConditionType.Reconciling)).isEmpty();
  }

  @Test
  void conditionsOfAnotherVersionAreNotCarriedOverAndBreakNothing() {
    // Given
    List<Condition> before =
        List.of(
            condition("OfALaterVersion", ConditionStatus.True, "Accepted", "a"),
            condition("ResolvedRefs", ConditionStatus.False, "ReasonOfALaterVersion", "a"),
            condition("Accepted", ConditionStatus.True, "Accepted", "fine"));
    // When
    Assessment carried = Assessment.carriedOver(before, ConditionType.Programmed);
    // Then
    assertThat(carried.get(ConditionType.Accepted)).contains(GOOD);
    assertThat(carried.get(ConditionType.ResolvedRefs)).isEmpty();
  }

  @Test
  void aMessageIsCutToWhatAScreenTakes() {
    assertThat(Verdict.no(Reason.Invalid, "m".repeat(5000)).message()).hasSize(1024).endsWith("…");
  }

  @Test
  void aConditionIsFoundByItsType() {
    List<Condition> conditions =
        List.of(condition("Ready", ConditionStatus.True, "Programmed", "a"));

    assertThat(Conditions.isTrue(conditions, ConditionType.Ready)).isTrue();
    assertThat(Conditions.isTrue(conditions, ConditionType.Accepted)).isFalse();
    assertThat(Conditions.find(conditions, ConditionType.Ready)).isPresent();
  }

  private static Assessment good() {
    return new Assessment()
        .put(ConditionType.Accepted, GOOD)
        .put(ConditionType.ResolvedRefs, yes(Reason.ResolvedRefs));
  }

  private static Verdict yes(Reason reason) {
    return Verdict.yes(reason, "yes");
  }

  private static List<ConditionType> types(Assessment assessment) {
    return assessment.conditions(List.of(), 1, NOW).stream()
        .map(condition -> ConditionType.valueOf(condition.type()))
        .toList();
  }

  private static Condition programmed(List<Condition> conditions) {
    return Conditions.find(conditions, ConditionType.Programmed).orElseThrow();
  }

  private static Condition condition(
      String type, ConditionStatus status, String reason, String message) {
    return new Condition(type, status, 1L, "2026-01-01T00:00:00Z", reason, message);
  }

  @Test
  void whatIsWithheldStandsInNoConditionAndStaysWithFurtherSentences() {
    // Given
    Verdict refused =
        Verdict.no(Reason.HostConflict, "It is held by another.")
            .withholding(Optional.of("ClinicService a/secret has it"))
            .and("The older policy stays in force.");
    // When
    List<Condition> conditions =
        new Assessment()
            .put(ConditionType.Accepted, refused)
            .conditions(List.of(), 1L, Instant.EPOCH);
    // Then
    assertThat(refused.withheld()).isEqualTo("ClinicService a/secret has it");
    assertThat(conditions.toString()).contains("stays in force").doesNotContain("secret");
  }
}
