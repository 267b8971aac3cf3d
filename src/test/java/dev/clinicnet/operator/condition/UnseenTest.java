package dev.clinicnet.operator.condition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.api.v1alpha1.ConditionStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UnseenTest {
  private static final Instant NOW = Instant.parse("2026-11-28T11:00:00Z");
  private static final Unseen OUTAGE =
      new Unseen(
          Reason.PlatformUnavailable, Instant.parse("2026-11-28T10:00:00.5Z"), "ngrok failed");
  private static final Verdict CONNECTED =
      Verdict.yes(Reason.AgentConnected, "An agent is connected.");

  @Test
  void whatWasTrueBecomesUnknownWithWhatWasSeenLast() {
    Condition agent =
        find(unseen(conditions(CONNECTED), CONNECTED, OUTAGE), ConditionType.AgentOnline);

    assertThat(agent.status()).isEqualTo(ConditionStatus.Unknown);
    assertThat(agent.reason()).isEqualTo("PlatformUnavailable");
    assertThat(agent.message())
        .isEqualTo(
            "Not known since 2026-11-28T10:00:00Z, last seen as AgentConnected: ngrok failed.");
    assertThat(Unseen.isSaidBy(agent)).isTrue();
    assertThat(Unseen.lastReason(agent)).contains("AgentConnected");
  }

  @Test
  void theWordsOfTheBeginningStayAndWhatWasSeenLastDoesToo() {
    List<Condition> first = unseen(conditions(CONNECTED), CONNECTED, OUTAGE);
    Unseen restarted = new Unseen(OUTAGE.reason(), NOW, "another request failed");

    assertThat(unseen(first, verdict(first), restarted)).isEqualTo(first);

    Unseen refused = new Unseen(Reason.APIKeyRejected, NOW, "the key is refused");
    Condition changed = find(unseen(first, verdict(first), refused), ConditionType.AgentOnline);
    assertThat(changed.reason()).isEqualTo("APIKeyRejected");
    assertThat(Unseen.lastReason(changed)).contains("AgentConnected");
  }

  @Test
  void aProgrammedThatIsFalseStays() {
    Verdict failed = Verdict.no(Reason.PlatformUnavailable, "cannot change in endpoints");
    Assessment assessment =
        new Assessment()
            .put(ConditionType.Programmed, failed)
            .unseen(ConditionType.Programmed, Optional.of(OUTAGE), List.of());
    assertThat(assessment.get(ConditionType.Programmed)).contains(failed);
  }

  @Test
  void whatFollowsFromTheManifestStays() {
    Verdict none = Verdict.yes(Reason.NoDomains, "The Clinic lists none.");
    Assessment assessment =
        new Assessment()
            .put(ConditionType.DomainsReady, none)
            .unseen(ConditionType.DomainsReady, Optional.of(OUTAGE), List.of());
    assertThat(assessment.get(ConditionType.DomainsReady)).contains(none);
  }

  @Test
  void aRefusedKeyMakesNothingStalledThatOnlyCannotBeSeen() {
    Assessment assessment =
        new Assessment()
            .put(ConditionType.Accepted, Verdict.yes(Reason.Accepted, "It is."))
            .put(ConditionType.ResolvedRefs, Verdict.yes(Reason.ResolvedRefs, "They are."))
            .put(ConditionType.Programmed, Verdict.yes(Reason.Programmed, "It is."))
            .unseen(
                ConditionType.Programmed,
                Optional.of(new Unseen(Reason.APIKeyRejected, NOW, "refused")),
                List.of());

    List<Condition> conditions = assessment.conditions(List.of(), 1, NOW);

    assertThat(find(conditions, ConditionType.Ready).status()).isEqualTo(ConditionStatus.Unknown);
    assertThat(conditions).extracting(Condition::type).contains("Reconciling");
    assertThat(conditions).extracting(Condition::type).doesNotContain("Stalled");
  }

  @Test
  void whatWasCarriedOverIsForgottenWhenListsAreBack() {
    List<Condition> lost = unseen(conditions(CONNECTED), CONNECTED, OUTAGE);
    Assessment assessment =
        Assessment.carriedOver(lost, ConditionType.Programmed)
            .unseen(ConditionType.AgentOnline, Optional.empty(), lost);
    assertThat(assessment.get(ConditionType.AgentOnline)).isEmpty();
  }

  private static List<Condition> unseen(List<Condition> before, Verdict agent, Unseen unseen) {
    return new Assessment()
        .put(ConditionType.AgentOnline, agent)
        .unseen(ConditionType.AgentOnline, Optional.of(unseen), before)
        .conditions(before, 1, NOW);
  }

  private static List<Condition> conditions(Verdict agent) {
    return new Assessment().put(ConditionType.AgentOnline, agent).conditions(List.of(), 1, NOW);
  }

  private static Verdict verdict(List<Condition> conditions) {
    Condition agent = find(conditions, ConditionType.AgentOnline);
    return new Verdict(agent.status(), Reason.valueOf(agent.reason()), agent.message());
  }

  private static Condition find(List<Condition> conditions, ConditionType type) {
    return Conditions.find(conditions, type).orElseThrow();
  }
}
