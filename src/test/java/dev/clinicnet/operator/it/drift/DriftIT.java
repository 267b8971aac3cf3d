package dev.clinicnet.operator.it.drift;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.Site;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A change by hand at ngrok is corrected with no unnecessary request. */
class DriftIT extends InOneNamespace {
  private static final String DENY =
      "{\\\"on_http_request\\\":[{\\\"actions\\\":[{\\\"type\\\":\\\"deny\\\"}]}]}";

  @Test
  void aDeletedEndpointIsMadeAgain() {
    onAConvergedSite(
        () -> {
          String id = id(the("endpoints", "url", "https://one.api.example.com"));
          account.call("DELETE", "/endpoints/" + id, null);
        },
        Map.of("POST /endpoints", 1));
  }

  @Test
  void anEditedPolicyIsPutRight() {
    JsonNode[] before = new JsonNode[1];
    onAConvergedSite(
        () -> {
          before[0] = the("endpoints", "url", "https://one.api.example.com");
          account.call(
              "PATCH", "/endpoints/" + id(before[0]), "{\"traffic_policy\": \"" + DENY + "\"}");
        },
        Map.of("PATCH /endpoints/{id}", 1));
    assertThat(the("endpoints", "url", "https://one.api.example.com").path("traffic_policy"))
        .isEqualTo(before[0].path("traffic_policy"));
  }

  @Test
  void anEditedPermissionIsPutRight() {
    onAConvergedSite(
        () ->
            account.call(
                "PATCH",
                "/credentials/" + id(only("credentials")),
                "{\"acl\": [\"bind:*.two.internal\"]}"),
        Map.of("PATCH /credentials/{id}", 1));
    assertThat(only("credentials").path("acl").toString())
        .isEqualTo("[\"bind:*.one.internal\",\"bind:one.example.org\"]");
  }

  @Test
  void aDeletedDomainIsReservedAgain() {
    onAConvergedSite(
        () -> {
          account.call(
              "DELETE",
              "/endpoints/" + id(the("endpoints", "url", "https://one.example.org")),
              null);
          account.call(
              "DELETE",
              "/reserved_domains/" + id(the("reserved_domains", "domain", "one.example.org")),
              null);
        },
        Map.of("POST /endpoints", 1, "POST /reserved_domains", 1));
  }

  @Test
  void aDeletedAddressIsReplaced() {
    onAConvergedSite(
        () -> {
          String addr = only("reserved_addrs").path("addr").asText();
          account.call(
              "DELETE", "/endpoints/" + id(the("endpoints", "url", "tcp://" + addr)), null);
          account.call("DELETE", "/reserved_addrs/" + id(only("reserved_addrs")), null);
        },
        Map.of("POST /endpoints", 1, "POST /reserved_addrs", 1));
  }

  @Test
  void aDeletedCredentialIsIssuedAnew() {
    onAConvergedSite(
        () -> account.call("DELETE", "/credentials/" + id(only("credentials")), null),
        Map.of("POST /credentials", 1));
    JsonNode agent = account.connectAgent(manifests.file("one-site-kit", "ngrok.yml"));
    assertThat(agent.path("session_id").asText()).as(agent.toString()).isNotEmpty();
  }

  @Test
  void aDeletedServiceUserIsMadeAgainWithItsCredential() {
    onAConvergedSite(
        () -> account.call("DELETE", "/service_users/" + id(only("service_users")), null),
        Map.of("POST /credentials", 1, "POST /service_users", 1));
  }

  @Test
  void aMarkThatSomebodyWipedOffIsPutBack() {
    onAConvergedSite(
        () -> {
          account.call(
              "PATCH",
              "/reserved_domains/" + id(the("reserved_domains", "domain", "one.example.org")),
              "{\"metadata\": \"\"}");
          account.call(
              "PATCH",
              "/endpoints/" + id(the("endpoints", "url", "https://one.example.org")),
              "{\"metadata\": \"hands off\"}");
        },
        Map.of("PATCH /endpoints/{id}", 1, "PATCH /reserved_domains/{id}", 1));
  }

  @Test
  void reportedDriftIsLeft() {
    manifests.applyText(Site.all("one"));
    manifests.applyText(Site.clinic("one", "driftPolicy: Report"));
    try (ClinicOperator operator = operator().start()) {
      manifests.awaitAllReady();
      String address = "tcp://" + only("reserved_addrs").path("addr").asText();
      account.call("DELETE", "/endpoints/" + id(the("endpoints", "url", address)), null);
      account.call(
          "PATCH",
          "/endpoints/" + id(the("endpoints", "url", "https://one.api.example.com")),
          "{\"traffic_policy\": \"" + DENY + "\"}");
      account.call(
          "PATCH",
          "/credentials/" + id(only("credentials")),
          "{\"acl\": [\"bind:one.example.org\"]}");
      account.forgetRequests();

      operator.refresh();
      manifests.awaitService("one-db", ConditionType.Programmed, "DriftDetected");
      manifests.awaitService("one-api", ConditionType.Programmed, "DriftDetected");
      manifests.awaitClinic("one", ConditionType.Programmed, "DriftDetected");
      assertThat(manifests.serviceSays("one-db", ConditionType.Programmed)).contains(address);
      look(operator);
      assertThat(account.writes()).isEmpty();

      manifests.applyText(Site.clinic("one", "driftPolicy: Correct"));
      manifests.awaitAllReady();
      assertThat(account.writes())
          .containsExactlyInAnyOrderEntriesOf(
              Map.of(
                  "POST /endpoints", 1, "PATCH /endpoints/{id}", 1, "PATCH /credentials/{id}", 1));
    }
  }

  private void onAConvergedSite(Runnable drift, Map<String, Integer> correction) {
    manifests.applyText(Site.all("one"));
    try (ClinicOperator operator = operator().start()) {
      manifests.awaitAllReady();
      drift.run();
      account.forgetRequests();

      operator.refresh();
      eventually(() -> assertThat(account.writes()).isEqualTo(correction));
      manifests.awaitAllReady();
      look(operator);
      manifests.awaitAllReady();
      assertThat(account.writes()).isEqualTo(correction);
    }
  }
}
