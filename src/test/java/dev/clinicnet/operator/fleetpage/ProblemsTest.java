package dev.clinicnet.operator.fleetpage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.api.v1alpha1.ConditionStatus;
import dev.clinicnet.operator.api.v1alpha1.SessionPhase;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemsTest {
  private static final Instant NOW = Instant.parse("2026-11-29T03:00:00Z");

  private final SampleFleet fleet = new SampleFleet(NOW);

  @ParameterizedTest
  @CsvSource({
    "AgentOnline, False, AgentOffline, 5, ATTENTION",
    "AgentOnline, True, UnexpectedAgent, 5, ATTENTION",
    "AgentOnline, False, NeverConnected, 500, SETUP",
    "Programmed, False, Suspended, 500, SETUP",
    "DomainsReady, False, CertificatePending, 59, PROGRESS",
    "DomainsReady, False, CertificatePending, 61, ATTENTION",
    "Programmed, Unknown, InventoryStale, 5, PROGRESS",
    "AgentOnOldToken, True, OverlapPassed, 5, ATTENTION",
  })
  void aConditionIsAsBadAsWhatItWaitsFor(
      ConditionType type, ConditionStatus status, Reason reason, long minutes, Level level) {
    assertThat(problems(condition(type, status, reason, minutes)))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.level()).isEqualTo(level);
              assertThat(problem.title()).isEqualTo(reason.name());
              assertThat(problem.since()).isEqualTo(NOW.minus(Duration.ofMinutes(minutes)));
            });
  }

  @ParameterizedTest
  @CsvSource({
    "Ready, False, AgentOffline",
    "Reconciling, True, Pending",
    "Stalled, True, Invalid",
    "SiteKitCurrent, Unknown, NoAgent",
    "Programmed, True, DriftCorrected",
    "Open, False, Expired",
  })
  void whatFollowsFromAnotherConditionOrIsInOrderIsNoProblem(
      ConditionType type, ConditionStatus status, Reason reason) {
    assertThat(problems(condition(type, status, reason, 5))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Reason.class)
  void everyReasonThatWaitsForSomebodyNeedsAttention(Reason reason) {
    List<Problem> problems =
        problems(condition(ConditionType.Programmed, ConditionStatus.False, reason, 5));

    boolean needsSomebody = reason.waits() == Reason.Waits.SOMEBODY && reason != Reason.Suspended;
    assertThat(problems.stream().anyMatch(p -> p.level() == Level.ATTENTION))
        .isEqualTo(needsSomebody);
  }

  @Test
  void aReasonOfAnotherVersionNeedsAttentionIfItSaysFalse() {
    Condition unknown =
        new Condition(
            "Programmed", ConditionStatus.False, 1L, NOW.toString(), "FromTheFuture", "m");

    assertThat(problems(unknown)).extracting(Problem::level).containsExactly(Level.ATTENTION);
  }

  @Test
  void anObjectThatNobodyHasLookedAtIsInProgressAndLaterNeedsAttention() {
    Clinic clinic = fleetOf().clinics().get(0);
    clinic.setStatus(null);
    clinic.getMetadata().setCreationTimestamp(NOW.minusSeconds(60).toString());

    assertThat(Problems.of(clinic, List.of(), List.of(), NOW))
        .extracting(Problem::level)
        .containsExactly(Level.PROGRESS);
    assertThat(Problems.of(clinic, List.of(), List.of(), NOW.plus(Duration.ofHours(2))))
        .extracting(Problem::level)
        .containsExactly(Level.ATTENTION);
  }

  @Test
  void theServicesOfAnOfflineSiteDoNotRepeatIt() {
    Condition unbound =
        condition(ConditionType.AgentOnline, ConditionStatus.False, Reason.EndpointNotBound, 5);
    var service = fleet.service("n", "c", "s", "http://a", List.of(unbound));
    Clinic offline =
        fleetOf(condition(ConditionType.AgentOnline, ConditionStatus.False, Reason.AgentOffline, 6))
            .clinics()
            .get(0);
    Clinic online = fleetOf().clinics().get(1);

    assertThat(Problems.of(offline, List.of(service), List.of(), NOW))
        .extracting(Problem::title)
        .containsExactly("AgentOffline");
    assertThat(Problems.of(online, List.of(service), List.of(), NOW))
        .extracting(Problem::title)
        .containsExactly("EndpointNotBound");
  }

  @ParameterizedTest
  @CsvSource({
    "Open, -10, true",
    "Open, -1, false",
    "Open, 10, false",
    "Closed, -10, false",
    "Failed, -10, false"
  })
  void aSessionThatIsOpenPastItsTimeNeedsAttention(
      SessionPhase phase, long minutesLeft, boolean needsAttention) {
    var session =
        fleet.session("n", "s", "x", "why", phase, NOW.plus(Duration.ofMinutes(minutesLeft)));

    assertThat(Problems.of(fleetOf().clinics().get(0), List.of(), List.of(session), NOW))
        .extracting(Problem::level)
        .isEqualTo(needsAttention ? List.of(Level.ATTENTION) : List.of());
  }

  private List<Problem> problems(Condition condition) {
    return Problems.of(fleetOf(condition).clinics().get(0), List.of(), List.of(), NOW);
  }

  private Fleet fleetOf(Condition... conditions) {
    List<Condition> all = new ArrayList<>(fleet.fine());
    all.addAll(List.of(conditions));
    fleet.clinic("n", "c", "C", all, false);
    return fleet.fleet();
  }

  private Condition condition(
      ConditionType type, ConditionStatus status, Reason reason, long minutes) {
    return fleet.condition(type, status, reason, "message", Duration.ofMinutes(minutes));
  }
}
