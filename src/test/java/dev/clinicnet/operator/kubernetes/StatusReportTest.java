package dev.clinicnet.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.claim.ClinicBuilder;
import dev.clinicnet.operator.condition.Assessment;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.EventReason;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Unseen;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.testkit.LogCapture;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StatusReportTest {
  private static final Instant NOW = Instant.parse("2026-11-28T11:00:00Z");
  private static final Verdict CONNECTED = Verdict.yes(Reason.AgentConnected, "It is.");
  private static final Verdict INSTALLED = Verdict.yes(Reason.SiteKitInstalled, "It is.");
  private static final Verdict OFFLINE = Verdict.no(Reason.AgentOffline, "It is not.");
  private static final Verdict NO_AGENT = Verdict.unknown(Reason.NoAgent, "Nobody could tell.");

  private final List<String> told = new ArrayList<>();
  private final StatusReport report =
      new StatusReport(
          new Reports() {
            @Override
            public void applyStatus(HasMetadata withStatus) {}

            @Override
            public void emit(
                HasMetadata about, boolean warning, EventReason reason, String message) {
              told.add(reason.name());
            }
          });

  @Test
  void aChangeIsToldForEachCondition() {
    write(conditions(CONNECTED, INSTALLED), conditions(OFFLINE, NO_AGENT));
    assertThat(told).containsExactly("AgentOffline", "NoAgent");
  }

  @Test
  void aCertificateThatExpiresIsTold() {
    Verdict expiring = Verdict.no(Reason.CertificateExpiring, "It does.");

    write(
        List.of(),
        new Assessment()
            .put(ConditionType.CertificatesCurrent, expiring)
            .conditions(List.of(), 1, NOW));

    assertThat(told).contains("CertificateExpiring");
  }

  @Test
  void thatNothingCanBeSeenIsToldOfNoObject() {
    write(conditions(CONNECTED, INSTALLED), unseen(CONNECTED, INSTALLED));
    assertThat(told).isEmpty();
  }

  @Test
  void whatIsAsItWasSeenLastIsNotToldAgain() {
    write(unseen(CONNECTED, INSTALLED), conditions(CONNECTED, INSTALLED));
    write(unseen(OFFLINE, NO_AGENT), conditions(OFFLINE, NO_AGENT));
    assertThat(told).isEmpty();
  }

  @Test
  void ofAllThatIsDifferentOneEventIsToldAfterwards() {
    write(unseen(CONNECTED, INSTALLED), conditions(OFFLINE, NO_AGENT));
    assertThat(told).containsExactly("AgentOffline");
  }

  @Test
  void aRefusalIsToldOnce() {
    Verdict refused = Verdict.no(Reason.HostConflict, "another has it");
    Assessment assessment =
        new Assessment()
            .put(ConditionType.Accepted, refused)
            .put(ConditionType.Programmed, Verdict.no(Reason.HostConflict, "only closing"));
    write(List.of(), assessment.conditions(List.of(), 1, NOW));
    assertThat(told).containsExactly("HostConflict");
  }

  @Test
  void theLogSaysItInTheWordsOfTheEventAndOnce() {
    List<Condition> before = conditions(CONNECTED, INSTALLED);
    Assessment lost =
        new Assessment()
            .put(ConditionType.AgentOnline, Verdict.no(Reason.AgentOffline, "Look at the site."))
            .put(ConditionType.SiteKitCurrent, NO_AGENT);
    List<Condition> after = lost.conditions(before, 1, NOW);
    try (LogCapture log = LogCapture.begin()) {
      for (int pass = 0; pass < 5; pass++) {
        write(pass == 0 ? before : after, after);
      }
      assertThat(log.linesAbout("clinics/logged"))
          .containsExactly(
              "WARN Clinic clinics/logged: AgentOnline=False AgentOffline: Look at the site.",
              "INFO Clinic clinics/logged: SiteKitCurrent=Unknown NoAgent: Nobody could tell.");
    }
    assertThat(told).containsExactly("AgentOffline", "NoAgent");
  }

  @ParameterizedTest
  @EnumSource(
      value = Reason.class,
      names = {"PlatformUnavailable", "WaitingForDomain", "Deleting"})
  void waitingIsNoWarning(Reason reason) {
    Verdict waits = Verdict.no(reason, "It waits.");
    try (LogCapture log = LogCapture.begin()) {
      write(
          conditions(CONNECTED, INSTALLED),
          assessment(CONNECTED, INSTALLED)
              .put(ConditionType.Programmed, waits)
              .conditions(List.of(), 1, NOW));
      assertThat(log.linesAbout("Programmed"))
          .containsExactly(
              "INFO Clinic clinics/logged: Programmed=False " + reason + ": It waits.");
      assertThat(log.warningsAbout("clinics/logged")).isEmpty();
    }
  }

  @Test
  void toWaitForTheBudgetIsNoNewsAndNoEvent() {
    Verdict waits = Verdict.no(Reason.WaitingForBudget, "It waits, for about 3 minutes.");
    List<Condition> after =
        assessment(CONNECTED, INSTALLED)
            .put(ConditionType.Programmed, waits)
            .conditions(List.of(), 1, NOW);
    try (LogCapture log = LogCapture.begin()) {
      write(conditions(CONNECTED, INSTALLED), after);
      assertThat(log.linesAbout("Programmed")).isEmpty();
    }
    assertThat(told).doesNotContain("WaitingForBudget");
  }

  @Test
  void thatSomebodyDeletesANamespaceIsNoWarning() {
    Verdict refused =
        Verdict.no(Reason.SiteKitNotWritten, "x " + StatusReport.BEING_TERMINATED + " x");
    Verdict deleting = Verdict.no(Reason.ClinicDeleting, "The Clinic is being deleted.");
    try (LogCapture log = LogCapture.begin()) {
      write(
          List.of(),
          new Assessment()
              .put(ConditionType.ResolvedRefs, deleting)
              .put(ConditionType.Programmed, refused)
              .conditions(List.of(), 1, NOW));
      assertThat(log.linesAbout("clinics/logged")).hasSize(2);
      assertThat(log.warningsAbout("clinics/logged")).isEmpty();
    }
  }

  @Test
  void theOrdinaryBeginningOfAnObjectIsNoNews() {
    Verdict setup = Verdict.no(Reason.NeverConnected, "Install the site kit.");
    try (LogCapture log = LogCapture.begin()) {
      write(List.of(), conditions(setup, INSTALLED));
      assertThat(log.linesAbout("clinics/logged")).isEmpty();
    }
    assertThat(told).isEmpty();
  }

  @Test
  void anObjectThatBeginsIsToldOnceEverythingExists() {
    write(
        List.of(),
        assessment(Verdict.no(Reason.NeverConnected, "Install the site kit."), INSTALLED)
            .put(ConditionType.Accepted, Verdict.yes(Reason.Accepted, "It is valid."))
            .put(ConditionType.Programmed, Verdict.yes(Reason.Programmed, "It matches."))
            .conditions(List.of(), 1, NOW));

    assertThat(told).containsExactly("Programmed");
  }

  @Test
  void whatATeamMustDoForItsDomainsIsTold() {
    write(
        List.of(),
        assessment(CONNECTED, INSTALLED)
            .put(ConditionType.DomainsReady, Verdict.no(Reason.WaitingForDNS, "Create them."))
            .conditions(List.of(), 1, NOW));

    assertThat(told).containsExactly("WaitingForDNS");
  }

  private void write(List<Condition> before, List<Condition> after) {
    report.write(
        ClinicBuilder.clinic("logged").build(), new Clinic(), ClinicStatus.EMPTY, before, after);
  }

  private static List<Condition> conditions(Verdict agent, Verdict siteKit) {
    return assessment(agent, siteKit).conditions(List.of(), 1, NOW);
  }

  private static List<Condition> unseen(Verdict agent, Verdict siteKit) {
    List<Condition> seen = conditions(agent, siteKit);
    Optional<Unseen> outage = Optional.of(new Unseen(Reason.PlatformUnavailable, NOW, "It fails"));
    return assessment(agent, siteKit)
        .unseen(ConditionType.AgentOnline, outage, seen)
        .unseen(ConditionType.SiteKitCurrent, outage, seen)
        .conditions(seen, 1, NOW);
  }

  private static Assessment assessment(Verdict agent, Verdict siteKit) {
    return new Assessment()
        .put(ConditionType.AgentOnline, agent)
        .put(ConditionType.SiteKitCurrent, siteKit);
  }
}
