package dev.clinicnet.operator.cli.status;

import static dev.clinicnet.operator.claim.ClinicBuilder.clinic;
import static dev.clinicnet.operator.claim.ClinicStatusBuilder.clinicStatus;
import static dev.clinicnet.operator.claim.ServiceBuilder.service;
import static dev.clinicnet.operator.session.SessionBuilder.session;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceStatus;
import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.api.v1alpha1.ConditionStatus;
import dev.clinicnet.operator.api.v1alpha1.SiteKitStatus;
import dev.clinicnet.operator.attention.FleetState;
import dev.clinicnet.operator.attention.Need;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Remedies;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatusOutputTest {
  private static final Instant NOW = Instant.parse("2026-03-01T00:10:00Z");
  private static final Condition FINE = condition("Accepted", "True", "Accepted", "");
  private static final Condition NO_AGENT =
      condition("AgentOnline", "False", "NeverConnected", "No agent has connected yet.");
  private static final Condition CONFLICT =
      condition("Accepted", "False", "HostConflict", "spec.expose.https.host is held by another.");

  private final Clinic one = judged("one", FINE, NO_AGENT);
  private final ClinicService api = judgedService("api", "one", CONFLICT);
  private final ClinicService db = judgedService("db", "one", FINE);

  @Test
  void whatIsWrongComesFirstWithTheWordsOfTheConditionAndWhatToDo() {
    String text = tree(one, db, api);

    assertThat(text).startsWith("Clinic clinics/one: needs somebody\n");
    assertThat(text)
        .containsSubsequence(
            "needs somebody: ClinicService api: Accepted HostConflict, since 2026-03-01T00:00:00Z",
            "spec.expose.https.host is held by another.",
            "What to do: " + Remedies.of(Reason.HostConflict),
            "Runbook: ClinicOperatorObjectStalled",
            "to set up: Clinic one: AgentOnline NeverConnected",
            "What to do: " + Remedies.of(Reason.NeverConnected),
            "`-- services",
            "|-- api: needs somebody",
            "`-- db: ok");
  }

  @Test
  void whatSeveralObjectsSayIsSaidOnce() {
    Condition rejected = condition("Programmed", "Unknown", "APIKeyRejected", "The key is wrong.");
    Condition also = condition("AgentOnline", "Unknown", "APIKeyRejected", "The key is wrong.");

    String text = tree(judged("one", rejected, also), judgedService("api", "one", rejected));

    assertThat(text)
        .containsOnlyOnce("The key is wrong.")
        .contains("Clinic one, ClinicService api: Programmed, AgentOnline APIKeyRejected");
  }

  @Test
  void waitingNamesNoRemedy() {
    Condition busy = condition("Programmed", "False", "WaitingForBudget", "It waits for 12 s.");

    assertThat(tree(judged("one", busy)))
        .startsWith("Clinic clinics/one: waits\n")
        .contains("It waits for 12 s.")
        .doesNotContain("What to do");
  }

  @Test
  void anObjectThatNobodyLookedAtIsNotFine() {
    assertThat(tree(clinic("one").build())).contains("The operator has not looked at it yet.");
    Clinic changed = judged("one", FINE);
    changed.getMetadata().setGeneration(2L);
    assertThat(tree(changed)).contains("has not looked at the present manifest yet");
    assertThat(tree(clinic("one").terminating().build())).contains("It is being deleted.");
  }

  @Test
  void aReasonOfALaterVersionNeedsSomebodyUnlessItIsTrue() {
    assertThat(tree(judged("one", condition("Accepted", "False", "Newer", "?"))))
        .startsWith("Clinic clinics/one: needs somebody\n");
    assertThat(tree(judged("one", condition("Accepted", "True", "Newer", ""))))
        .startsWith("Clinic clinics/one: ok\n");
  }

  @Test
  void aSiteKitThatWaitsForItsAuthtokenIsNotCalledInstallable() {
    String rejected = "ngrok refuses the API key: the account is suspended";
    Condition programmed = condition("Programmed", "Unknown", "APIKeyRejected", rejected);
    SiteKitStatus kit = new SiteKitStatus("one-site-kit", null, null);

    assertThat(
            tree(
                clinic("one")
                    .status(clinicStatus().conditions(List.of(programmed)).siteKit(kit).build())
                    .build()))
        .contains(
            "Secret one-site-kit: not complete yet, it waits for its authtoken"
                + " (Programmed: APIKeyRejected)",
            rejected);
  }

  @Test
  void onlySessionsThatAreNotOverAreShown() {
    ClinicSession open =
        session("now").of("api").because("ticket 1").open("2026-03-01T01:00:00Z").build();
    ClinicSession over = session("then").of("api").closed("2026-03-01T00:30:00Z").build();

    String text = tree(one, List.of(api), List.of(open, over));

    assertThat(text)
        .contains("now: open, api, until 2026-03-01T01:00:00Z, by ann, for: ticket 1")
        .doesNotContain("then");
  }

  @Test
  void theTableHasTheWorstFirstAndServicesWithoutAClinic() {
    ClinicService alone =
        judgedService(
            "lost", "nowhere", condition("ResolvedRefs", "False", "ClinicNotFound", "no Clinic"));
    FleetState fleet = fleet(List.of(judged("fine", FINE), one), List.of(api, db, alone));

    List<String> lines = TableOutput.text(fleet, Colours.OFF).lines().toList();

    assertThat(lines.get(0)).matches("NAMESPACE +CLINIC +STATE +AGENT +SERVICES +SESSIONS +WHY");
    assertThat(lines.get(1))
        .matches(
            "clinics +one +needs somebody +none +0/2 +0 +ClinicService api: HostConflict \\(and 1 more\\)");
    assertThat(lines.get(2)).matches("clinics +fine +ok +none +0/0 +0");
    assertThat(lines.get(3)).contains("needs somebody", "ClinicService lost: ClinicNotFound");
    assertThat(fleet.need()).isEqualTo(Need.SOMEBODY);
  }

  @Test
  void aManifestCannotMoveTheCursor() {
    Condition evil = condition("Accepted", "False", "HostConflict", "a\u001b[2Jb\r\nc\u202ed");

    assertThat(tree(judged("one", evil))).contains("a [2Jb c d").doesNotContain("\u001b", "\r");
    ClinicSession session = session("s").of("api").because("x\u001b]0;y").open("z").build();
    assertThat(tree(one, List.of(api), List.of(session))).doesNotContain("\u001b");
  }

  @Test
  void coloursAreForATerminalThatWantsThem() {
    assertThat(Colours.of(true, "", "xterm")).isEqualTo(Colours.ON);
    assertThat(Colours.of(false, "", "xterm")).isEqualTo(Colours.OFF);
    assertThat(Colours.of(true, "1", "xterm")).isEqualTo(Colours.OFF);
    assertThat(Colours.of(true, "", "dumb")).isEqualTo(Colours.OFF);

    FleetState fleet = fleet(List.of(one), List.of(api));
    String painted = TableOutput.text(fleet, Colours.ON);
    assertThat(painted).contains("\u001b[31mneeds somebody\u001b[0m");
    assertThat(painted.replaceAll("\u001b\\[\\d+m", ""))
        .isEqualTo(TableOutput.text(fleet, Colours.OFF));
    assertThat(TreeOutput.text(fleet.clinics().get(0), Colours.ON)).contains("\u001b[33mto set up");
  }

  @Test
  void jsonHasTheSameFacts() throws IOException {
    JsonNode json = new ObjectMapper().readTree(JSONOutput.text(fleet(List.of(one), List.of(api))));

    assertThat(json.path("needs").asText()).isEqualTo("somebody");
    JsonNode concern = json.at("/clinics/0/concerns/0");
    assertThat(concern.path("objects").get(0).asText()).isEqualTo("ClinicService api");
    assertThat(concern.path("reason").asText()).isEqualTo("HostConflict");
    assertThat(concern.path("remedy").asText()).isEqualTo(Remedies.of(Reason.HostConflict));
    assertThat(concern.path("title").asText()).isEqualTo("HostConflict");
    assertThat(concern.path("since").asText()).isEqualTo("2026-03-01T00:00:00Z");
    assertThat(concern.path("alert").asText()).isEqualTo("ClinicOperatorObjectStalled");
    assertThat(json.at("/clinics/0/services/0/upstream").asText()).startsWith("http://");
  }

  private static String tree(Clinic clinic, ClinicService... services) {
    return tree(clinic, List.of(services), List.of());
  }

  private static String tree(
      Clinic clinic, List<ClinicService> services, List<ClinicSession> sessions) {
    FleetState fleet = FleetState.of(List.of(clinic), services, sessions, NOW);
    return TreeOutput.text(fleet.clinics().get(0), Colours.OFF);
  }

  private static FleetState fleet(List<Clinic> clinics, List<ClinicService> services) {
    return FleetState.of(clinics, services, List.of(), NOW);
  }

  private static Clinic judged(String name, Condition... conditions) {
    return clinic(name)
        .status(ClinicStatus.EMPTY.judged(1L, List.of(conditions), name + ".internal"))
        .build();
  }

  private static ClinicService judgedService(String name, String clinic, Condition... conditions) {
    return service(name)
        .clinic(clinic)
        .status(ClinicServiceStatus.EMPTY.judged(1L, List.of(conditions)))
        .build();
  }

  private static Condition condition(String type, String status, String reason, String message) {
    return new Condition(
        type, ConditionStatus.valueOf(status), 1L, "2026-03-01T00:00:00Z", reason, message);
  }
}
