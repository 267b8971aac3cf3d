package dev.clinicnet.operator.attention;

import static dev.clinicnet.operator.claim.ClinicBuilder.clinic;
import static dev.clinicnet.operator.claim.ServiceBuilder.service;
import static dev.clinicnet.operator.session.SessionBuilder.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceStatus;
import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.api.v1alpha1.ConditionStatus;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Reason.Waits;
import dev.clinicnet.operator.condition.Remedies;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class JudgementTest {
  private static final Instant NOW = Instant.parse("2026-03-01T03:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "AgentOnline, False, AgentOffline, 5, SOMEBODY",
    "AgentOnline, True, UnexpectedAgent, 5, SOMEBODY",
    "AgentOnline, False, NeverConnected, 500, SETUP",
    "Programmed, False, Suspended, 500, SETUP",
    "DomainsReady, False, CertificatePending, 59, TIME",
    "DomainsReady, False, CertificatePending, 61, SOMEBODY",
    "Programmed, Unknown, InventoryStale, 5, TIME",
    "AgentOnOldToken, True, OverlapPassed, 5, SOMEBODY",
    "FromTheFuture, False, HostConflict, 5, SOMEBODY",
  })
  void aConditionIsAsBadAsWhatItWaitsFor(
      String type, ConditionStatus status, Reason reason, long minutes, Need need) {
    assertThat(problems(condition(type, status, reason.name(), minutes)))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.need()).isEqualTo(need);
              assertThat(problem.title()).isEqualTo(reason.name());
              assertThat(problem.conditions()).containsExactly(type);
              assertThat(problem.objects()).containsExactly("Clinic one");
              assertThat(problem.since()).isEqualTo(NOW.minus(Duration.ofMinutes(minutes)));
              assertThat(problem.remedy())
                  .isEqualTo(
                      need == Need.TIME ? Optional.empty() : Optional.of(Remedies.of(reason)));
            });
  }

  @ParameterizedTest
  @CsvSource({
    "Ready, False, AgentOffline",
    "Reconciling, True, Pending",
    "Stalled, True, Invalid",
    "SiteKitCurrent, Unknown, NoAgent",
    "AgentOnline, Unknown, StartedOnDemand",
    "Programmed, True, DriftCorrected",
    "Open, False, Expired",
    "FromTheFuture, True, FromTheFuture",
  })
  void whatFollowsFromAnotherConditionOrIsInOrderIsNoProblem(
      String type, ConditionStatus status, String reason) {
    assertThat(problems(condition(type, status, reason, 500))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Reason.class)
  void everyReasonThatWaitsForSomebodyNeedsSomebody(Reason reason) {
    List<Problem> problems =
        problems(condition("Programmed", ConditionStatus.False, reason.name(), 5));

    assertThat(problems.stream().anyMatch(p -> p.need() == Need.SOMEBODY))
        .isEqualTo(reason.waits() == Waits.SOMEBODY && reason != Reason.Suspended);
  }

  @Test
  void aReasonOfALaterVersionNeedsSomebodyIfItSaysFalse() {
    assertThat(problems(condition("Programmed", ConditionStatus.False, "FromTheFuture", 5)))
        .extracting(Problem::need)
        .containsExactly(Need.SOMEBODY);
    assertThat(problems(condition("Programmed", ConditionStatus.Unknown, "FromTheFuture", 5)))
        .extracting(Problem::need)
        .containsExactly(Need.TIME);
  }

  @Test
  void anObjectThatNobodyHasLookedAtWaitsAndLaterNeedsSomebody() {
    Clinic clinic = clinic("one").build();
    clinic.getMetadata().setCreationTimestamp(NOW.minusSeconds(60).toString());

    assertThat(of(clinic, NOW).problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.need()).isEqualTo(Need.TIME);
              assertThat(problem.title()).isEqualTo("NotSeenYet");
              assertThat(problem.remedy()).isEmpty();
            });
    assertThat(of(clinic, NOW.plus(Duration.ofHours(2))).problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.need()).isEqualTo(Need.SOMEBODY);
              assertThat(problem.remedy()).hasValueSatisfying(t -> assertThat(t).contains("runs"));
            });
  }

  @Test
  void anObjectWhoseManifestChangedWaits() {
    Clinic clinic = judged(condition("Accepted", ConditionStatus.True, "Accepted", 5));
    clinic.getMetadata().setGeneration(2L);

    assertThat(of(clinic, NOW.plus(Duration.ofDays(9))).problems())
        .extracting(Problem::title, Problem::need)
        .containsExactly(tuple("ManifestNotSeenYet", Need.TIME));
  }

  @Test
  void aDeletionIsSaidOnceAndNeedsSomebodyIfItDoesNotEnd() {
    Clinic clinic = clinic("one").terminating().build();
    clinic.getMetadata().setDeletionTimestamp(NOW.minusSeconds(60).toString());
    clinic.setStatus(
        ClinicStatus.EMPTY.judged(
            1L, List.of(condition("Accepted", ConditionStatus.True, "Accepted", 5)), "x"));
    assertThat(of(clinic, NOW).problems())
        .extracting(Problem::title)
        .containsExactly("BeingDeleted");
    assertThat(of(clinic, NOW.plus(Duration.ofHours(2))).need()).isEqualTo(Need.SOMEBODY);

    clinic.setStatus(
        ClinicStatus.EMPTY.judged(
            1L, List.of(condition("Programmed", ConditionStatus.False, "Deleting", 1)), "x"));
    assertThat(of(clinic, NOW).problems()).extracting(Problem::title).containsExactly("Deleting");
  }

  @ParameterizedTest
  @CsvSource({
    "False, AgentOffline, AgentOffline",
    "True, EndpointsMissing, EndpointsMissing",
    "True, UnexpectedAgent, 'UnexpectedAgent,EndpointNotBound'",
    "True, AgentConnected, EndpointNotBound",
  })
  void theServicesOfASiteDoNotRepeatWhatTheClinicSaysOfItsAgent(
      ConditionStatus status, String reason, String expected) {
    Clinic clinic = judged(condition("AgentOnline", status, reason, 5));
    ClinicService unbound =
        judgedService(condition("AgentOnline", ConditionStatus.False, "EndpointNotBound", 6));

    ClinicState state = ClinicState.of(clinic, List.of(unbound), List.of(), NOW);

    assertThat(String.join(",", state.problems().stream().map(Problem::title).toList()))
        .isEqualTo(expected);
    assertThat(state.services().get(0).need()).isEqualTo(Need.SOMEBODY);
  }

  @ParameterizedTest
  @CsvSource({"-10, true", "-1, false", "10, false"})
  void aSessionThatIsOpenPastItsTimeNeedsSomebody(long minutesLeft, boolean needsSomebody) {
    String end = NOW.plus(Duration.ofMinutes(minutesLeft)).toString();
    ClinicSession open = session("now").of("api").open(end).build();
    ClinicSession over = session("then").of("api").closed(end).build();
    Clinic clinic = judged(condition("Accepted", ConditionStatus.True, "Accepted", 5));

    ClinicState state = ClinicState.of(clinic, List.of(judgedService()), List.of(open, over), NOW);

    assertThat(state.openSessions()).extracting(SessionState::name).containsExactly("now");
    assertThat(state.problems().stream().map(Problem::title).toList().contains("SessionNotClosed"))
        .isEqualTo(needsSomebody);
    assertThat(state.sessions())
        .filteredOn(SessionState::isOver)
        .allMatch(s -> s.problems().isEmpty());
  }

  @Test
  void whatSeveralObjectsSayIsOneProblemSinceTheFirstSaidIt() {
    Clinic clinic = judged(condition("Programmed", ConditionStatus.False, "WaitingForBudget", 5));
    ClinicService service =
        judgedService(condition("Programmed", ConditionStatus.False, "WaitingForBudget", 70));

    assertThat(ClinicState.of(clinic, List.of(service), List.of(), NOW).problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.objects()).containsExactly("Clinic one", "ClinicService api");
              assertThat(problem.need()).isEqualTo(Need.SOMEBODY);
              assertThat(problem.since()).isEqualTo(NOW.minus(Duration.ofMinutes(70)));
              assertThat(problem.remedy()).contains(Remedies.of(Reason.WaitingForBudget));
              assertThat(problem.alert()).contains(Alert.ClinicOperatorBudgetExhausted);
            });
  }

  @Test
  void theWorstComesFirstAndOfTheseTheNewest() {
    assertThat(
            problems(
                condition("DomainsReady", ConditionStatus.False, "CertificatePending", 1),
                condition("SiteKitCurrent", ConditionStatus.False, "SiteKitOutdated", 9),
                condition("AgentOnline", ConditionStatus.False, "NeverConnected", 2),
                condition("Accepted", ConditionStatus.False, "DomainConflict", 3)))
        .extracting(Problem::title)
        .containsExactly(
            "DomainConflict", "SiteKitOutdated", "NeverConnected", "CertificatePending");
  }

  @Test
  void aClinicsAndAServicesConditionLeadToTheRunbookOfTheirAlert() {
    assertThat(alertOf("Accepted", Reason.HostConflict))
        .contains(Alert.ClinicOperatorObjectStalled);
    assertThat(alertOf("AgentOnline", Reason.AgentOffline)).contains(Alert.ClinicOperatorAgentLost);
    assertThat(alertOf("AgentOnline", Reason.NeverConnected)).isEmpty();
    assertThat(alertOf("ResolvedRefs", Reason.ClinicNotAccepted)).isEmpty();
    assertThat(alertOf("Programmed", Reason.Suspended)).isEmpty();
    assertThat(Alert.of("ClinicSession", Optional.of(ConditionType.Accepted), Reason.NotOnDemand))
        .isEmpty();
  }

  private static Optional<Alert> alertOf(String type, Reason reason) {
    return problems(condition(type, ConditionStatus.False, reason.name(), 5)).get(0).alert();
  }

  private static List<Problem> problems(Condition... conditions) {
    return of(judged(conditions), NOW).problems();
  }

  private static ClinicState of(Clinic clinic, Instant now) {
    return ClinicState.of(clinic, List.of(), List.of(), now);
  }

  private static Clinic judged(Condition... conditions) {
    return clinic("one")
        .status(ClinicStatus.EMPTY.judged(1L, List.of(conditions), "one.internal"))
        .build();
  }

  private static ClinicService judgedService(Condition... conditions) {
    List<Condition> all =
        conditions.length > 0
            ? List.of(conditions)
            : List.of(condition("Accepted", ConditionStatus.True, "Accepted", 5));
    return service("api").clinic("one").status(ClinicServiceStatus.EMPTY.judged(1L, all)).build();
  }

  private static Condition condition(
      String type, ConditionStatus status, String reason, long minutes) {
    return new Condition(
        type,
        status,
        1L,
        NOW.minus(Duration.ofMinutes(minutes)).toString(),
        reason,
        status == ConditionStatus.True ? "" : "The message.");
  }
}
