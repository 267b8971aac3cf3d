package dev.clinicnet.operator.it.drift;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.Site;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Objects that others have taken over at ngrok are reported, and not taken back. */
class DriftLossIT extends InOneNamespace {
  private static final String ANOTHER =
      Mark.of("another", new Owner("ClinicService", "theirs", "thing"), "uid", "theirs").text();
  private static final String REMARK = "{\"metadata\": \"" + ANOTHER.replace("\"", "\\\"") + "\"}";

  @Test
  void whatCarriesTheMarkOfAnotherObjectIsLostAndNotTakenBack() {
    manifests.applyText(DriftSite.all());
    try (ClinicOperator operator = operator().start()) {
      awaitSettled(operator);
      DriftCase.patch(account, "endpoints", "url", DriftSite.API, REMARK);
      DriftCase.patch(account, "endpoints", "url", DriftSite.AGENT_API, REMARK);
      DriftCase.patch(account, "vault_secrets", "", "", REMARK);
      account.forgetRequests();

      operator.refresh();
      Map<String, Integer> counts =
          new TreeMap<>(
              Map.of("reported endpoints metadata", 2, "reported vault_secrets metadata", 1));
      eventually(() -> assertThat(DriftCounts.of(operator)).isEqualTo(counts));
      manifests.awaitService("one-api", ConditionType.Programmed, "DriftDetected");
      manifests.awaitService(
          DriftSite.VAULT_SECRET_SERVICE, ConditionType.Programmed, "DriftDetected");
      manifests.awaitClinic("one", ConditionType.Programmed, "DriftDetected");
      assertThat(manifests.serviceSays("one-api", ConditionType.Programmed))
          .contains("metadata of endpoints " + DriftSite.API)
          .doesNotContain("theirs");
      look(operator);
      assertThat(DriftCounts.of(operator)).as("told once").isEqualTo(counts);
      assertThat(account.writes()).isEmpty();
      eventually(
          () ->
              assertThat(manifests.events())
                  .filteredOn(event -> event.getReason().equals("DriftDetected"))
                  .hasSize(3)
                  .noneMatch(event -> event.getMessage().contains("theirs")));
    }
    try (ClinicOperator operator = operator().start()) {
      look(operator);
      assertThat(DriftCounts.of(operator)).as("told before the restart").isEmpty();
      assertThat(account.writes()).isEmpty();
    }
  }

  @Test
  void aLostDomainIsToldAndLeft() {
    manifests.applyText(DriftSite.all());
    try (ClinicOperator operator = operator().start()) {
      awaitSettled(operator);
      DriftCase.patch(account, "reserved_domains", "domain", DriftSite.OWN_DOMAIN, REMARK);
      account.forgetRequests();

      operator.refresh();
      Map<String, Integer> counts = Map.of("reported reserved_domains metadata", 1);
      eventually(() -> assertThat(DriftCounts.of(operator)).isEqualTo(counts));
      manifests.awaitClinic("one", ConditionType.Programmed, "DriftDetected");
      look(operator);
      assertThat(DriftCounts.of(operator)).as("told once").isEqualTo(counts);
      assertThat(account.writes())
          .as("its token may not bind what is another's")
          .isEqualTo(Map.of("PATCH /credentials/{id}", 1));
    }
  }

  @Test
  void aLostAddressIsReplacedAndALostCredentialIsNotWhileItsPermissionsOverlap() {
    manifests.applyText(DriftSite.all());
    try (ClinicOperator operator = operator().start()) {
      awaitSettled(operator);
      JsonNode address = only("reserved_addrs");
      JsonNode credential = only("credentials");
      DriftCase.patch(account, "reserved_addrs", "", "", REMARK);
      operator.refresh();
      eventually(
          () ->
              assertThat(DriftCounts.of(operator))
                  .isEqualTo(Map.of("corrected reserved_addrs metadata", 1)));

      // From then on the Clinic is refused, and nothing of its services is replaced.
      DriftCase.patch(account, "credentials", "", "", REMARK);
      operator.refresh();
      Map<String, Integer> counts =
          new TreeMap<>(
              Map.of("reported credentials metadata", 1, "corrected reserved_addrs metadata", 1));
      eventually(() -> assertThat(DriftCounts.of(operator)).isEqualTo(counts));
      manifests.awaitClinic("one", ConditionType.Programmed, "DriftDetected");
      look(operator);
      assertThat(DriftCounts.of(operator)).as("told once").isEqualTo(counts);
      assertThat(account.all("reserved_addrs")).hasSize(2);
      assertThat(account.all("credentials")).hasSize(1);
      assertThat(the("reserved_addrs", "id", id(address)).path("metadata").asText())
          .isEqualTo(ANOTHER);
      assertThat(the("credentials", "id", id(credential)).path("metadata").asText())
          .isEqualTo(ANOTHER);
    }
  }

  @Test
  void aCredentialThatAnotherUserOwnsIsReported() {
    manifests.applyText(DriftSite.all());
    try (ClinicOperator operator = operator().start()) {
      awaitSettled(operator);
      String user = id(only("service_users"));
      String other =
          id(account.call("POST", "/service_users", "{\"name\": \"somebody\", \"active\": true}"));
      String owned = "\"owner_id\":\"" + user + "\"";
      String state = account.state();
      assertThat(state).contains(owned);
      account.restore(state.replace(owned, "\"owner_id\":\"" + other + "\""));

      operator.refresh();
      Map<String, Integer> counts = Map.of("reported credentials owner_id", 1);
      eventually(() -> assertThat(DriftCounts.of(operator)).isEqualTo(counts));
      manifests.awaitClinic("one", ConditionType.Programmed, "DriftDetected");
      assertThat(manifests.clinicSays("one", ConditionType.Programmed))
          .contains("owner_id of credentials", "delete the site kit's Secret");

      manifests.deleteSecret("one-site-kit");
      eventually(
          () -> assertThat(manifests.publishedFile("one-site-kit", "authtoken")).isPresent());
      manifests.awaitClinic("one", ConditionType.Programmed, "Programmed");
      assertThat(DriftCounts.of(operator)).isEqualTo(counts);
    }
  }

  @Test
  void aDeletedCredentialTellsTheTechnicianWhatToDo() {
    manifests.applyText(DriftSite.all());
    try (ClinicOperator operator = watchfulOperator().start()) {
      manifests.awaitAllReady();
      JsonNode agent = account.connectAgent(manifests.file("one-site-kit", "ngrok.yml"));
      manifests.awaitClinic("one", ConditionType.SiteKitCurrent, "SiteKitInstalled");

      DriftCase.delete(account, "credentials", "", "");
      manifests.awaitClinic("one", ConditionType.SiteKitCurrent, "CredentialLost");
      manifests.awaitAllReady();
      eventually(
          () ->
              assertThat(manifests.clinicSays("one", ConditionType.SiteKitCurrent))
                  .contains("works on until it has to connect anew", "Install the new site kit"));
      assertThat(manifests.clinicSays("one", ConditionType.AgentOnline)).startsWith("True");

      account.disconnectAgent(agent.path("id").asText());
      manifests.awaitClinic("one", ConditionType.AgentOnline, "CredentialLost");
      assertThat(manifests.clinicSays("one", ConditionType.SiteKitCurrent))
          .contains("No agent can connect with it", "now");

      account.connectAgent(manifests.file("one-site-kit", "ngrok.yml"));
      manifests.awaitClinic("one", ConditionType.SiteKitCurrent, "SiteKitInstalled");
      assertThat(DriftCounts.of(operator)).isEqualTo(Map.of("corrected credentials deleted", 1));
    }
  }

  @Test
  void aLostSecretIsNoLostCredential() {
    manifests.applyText(DriftSite.all());
    try (ClinicOperator operator = watchfulOperator().start()) {
      manifests.awaitAllReady();
      manifests.deleteSecret("one-site-kit");
      eventually(() -> assertThat(account.all("credentials")).hasSize(2));
      manifests.awaitAllReady();
      manifests.awaitClinic("one", ConditionType.SiteKitCurrent, "SiteKitNotInstalled");
      awaitSweeps(2);
      assertThat(DriftCounts.of(operator)).isEmpty();
    }
  }

  @Test
  void aChangeOfTheManifestsIsNoDrift() {
    manifests.applyText(DriftSite.all());
    try (ClinicOperator operator = operator().start()) {
      awaitSettled(operator);
      account.forgetRequests();
      manifests.applyText(
          Site.https(
              "one-api", "one", "two.api.example.com", "access: {allowCIDRs: [10.0.0.0/8]}"));
      manifests.applyText(
          Site.clinicWithDomains(
              "one",
              "[{name: '"
                  + Site.SHARED
                  + "', shared: true}, {name: one.example.org},"
                  + " {name: more.example.org}]",
              "agent: {api: {host: agent-two.api.example.com}}"));
      eventually(
          () ->
              assertThat(account.names("endpoints", "url"))
                  .contains("https://two.api.example.com", "https://agent-two.api.example.com"));
      manifests.awaitAllReady();
      look(operator);
      assertThat(account.writes()).isNotEmpty();
      assertThat(DriftCounts.of(operator)).isEmpty();
    }
    account.forgetRequests();
    try (ClinicOperator operator = operator().start()) {
      look(operator);
      manifests.awaitAllReady();
      assertThat(DriftCounts.of(operator)).as("nor is a restart").isEmpty();
      assertThat(account.writes()).isEmpty();
    }
  }

  private void awaitSettled(ClinicOperator operator) {
    manifests.awaitAllReady();
    look(operator);
    manifests.awaitAllReady();
  }
}
