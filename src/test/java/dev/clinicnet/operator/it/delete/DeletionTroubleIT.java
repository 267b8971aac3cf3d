package dev.clinicnet.operator.it.delete;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.testkit.Detour;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.Site;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Deletion does as much as possible, says what is left, and continues when it can. */
@SuppressWarnings("try") // An operator only has to run.
class DeletionTroubleIT extends InOneNamespace {

  @Test
  void aDomainInUseBySomebodyElseKeepsNeitherTokenNorUser() {
    manifests.applyText(Site.clinic("one"));
    try (ClinicOperator operator = operator().start()) {
      manifests.awaitAllReady();
      String endpoint = foreignEndpoint("https://one.example.org");

      manifests.deleteClinic("one");
      eventually(
          () -> {
            assertThat(account.all("credentials")).isEmpty();
            assertThat(account.all("service_users")).isEmpty();
            assertThat(manifests.clinicSays("one", ConditionType.Programmed))
                .contains("Still there: domain one.example.org.")
                .contains("ERR_NGROK_446");
          });

      account.call("DELETE", "/endpoints/" + endpoint, null);
      manifests.awaitGone();
      assertThat(account.names("reserved_domains", "domain")).containsExactly(Site.SHARED);
    }
  }

  @Test
  void aRejectedKeyMakesDeletionWaitAndSayWhatToDo() {
    manifests.applyText(Site.clinic("one"));
    manifests.applyText(Site.api("one"));
    try (ClinicOperator operator = operator().start()) {
      manifests.awaitAllReady();
      account.refuse("DELETE", "/endpoints/{id}", 403, "ERR_NGROK_202");

      manifests.deleteAll();
      manifests.awaitService("one-api", ConditionType.Programmed, "APIKeyRejected");
      assertThat(manifests.serviceSays("one-api", ConditionType.Programmed))
          .contains("admin user")
          .contains("https://one.api.example.com");
      manifests.awaitClinic("one", ConditionType.Programmed, "WaitingForEndpoints");
      assertThat(account.all("credentials")).hasSize(1);

      account.clearFaults();
      manifests.awaitGone();
      assertThat(account.all("credentials")).isEmpty();
    }
  }

  @Test
  void aKeyThatCannotEvenListMakesDeletionWaitAndSayWhatToDo() {
    convergeOnce(Site.clinic("one"), Site.api("one"));
    manifests.deleteAll();
    account.refuse("GET", "/credentials", 403, "ERR_NGROK_202");
    account.refuse("DELETE", "/endpoints/{id}", 403, "ERR_NGROK_202");
    account.forgetRequests();

    try (ClinicOperator operator = operator().start()) {
      manifests.awaitClinic("one", ConditionType.Programmed, "APIKeyRejected");
      manifests.awaitService("one-api", ConditionType.Programmed, "APIKeyRejected");
      assertThat(manifests.clinicSays("one", ConditionType.Programmed)).contains("admin user");
      assertThat(account.all("endpoints")).hasSize(1);

      account.clearFaults();
      manifests.awaitGone();
      assertThat(account.all("endpoints")).isEmpty();
      assertThat(account.all("service_users")).isEmpty();
    }
  }

  @Test
  void closingAndRevokingWaitForNoList() {
    convergeOnce(Site.all("one"));
    manifests.deleteAll();
    for (String kind : new String[] {"reserved_domains", "credentials", "endpoints"}) {
      account.refuse("GET", "/" + kind, 500, "ERR_NGROK_9999");
    }
    account.forgetRequests();

    try (ClinicOperator operator = operator().start()) {
      eventually(
          () ->
              assertThat(account.writes())
                  .isEqualTo(Map.of("DELETE /endpoints/{id}", 3, "DELETE /credentials/{id}", 1)));
      manifests.awaitClinic("one", ConditionType.Programmed, "PlatformUnavailable");
      assertThat(account.all("service_users")).hasSize(1);
      assertThat(account.all("reserved_addrs")).hasSize(1);

      account.clearFaults();
      manifests.awaitGone();
      assertThat(account.all("service_users")).isEmpty();
      assertThat(account.all("reserved_addrs")).isEmpty();
      assertThat(account.writes())
          .containsEntry("DELETE /endpoints/{id}", 3)
          .containsEntry("DELETE /credentials/{id}", 1);
    }
  }

  @Test
  void aRetainedClinicIsNotCutOffWhileNothingIsKnown() {
    convergeOnce(Site.clinic("one", "deletionPolicy: Retain"), Site.api("one"));
    manifests.deleteAll();
    account.refuse("GET", "/credentials", 500, "ERR_NGROK_9999");
    account.forgetRequests();

    try (ClinicOperator operator = operator().start()) {
      manifests.awaitService("one-api", ConditionType.Programmed, "PlatformUnavailable");
      manifests.awaitClinic("one", ConditionType.Programmed, "PlatformUnavailable");
      assertThat(account.writes()).isEmpty();

      account.clearFaults();
      manifests.awaitGone();
      assertThat(account.all("endpoints")).hasSize(1);
      assertThat(account.all("credentials")).hasSize(1);
    }
  }

  @Test
  void whatSomebodyDeletedAlreadyCountsAsDone() {
    manifests.applyText(Site.all("one"));
    try (ClinicOperator operator = operator().start()) {
      manifests.awaitAllReady();
      account.all("endpoints").forEach(e -> account.call("DELETE", "/endpoints/" + id(e), null));
      account.call("DELETE", "/reserved_addrs/" + id(only("reserved_addrs")), null);
      account.call("DELETE", "/credentials/" + id(only("credentials")), null);
      account.call("DELETE", "/service_users/" + id(only("service_users")), null);

      manifests.deleteAll();
      manifests.awaitGone();

      assertThat(account.names("reserved_domains", "domain")).containsExactly(Site.SHARED);
    }
  }

  @Test
  void anAnswerThatIsNotOfTheResourceItselfDoesNotCountAsDone() throws IOException {
    manifests.applyText(Site.clinic("one"));
    manifests.applyText(Site.api("one"));
    try (Detour detour = new Detour(account.url())) {
      try (ClinicOperator operator = operator(detour.url()).start()) {
        manifests.awaitAllReady();

        manifests.deleteAll();
        manifests.awaitService("one-api", ConditionType.Programmed, "RejectedByPlatform");
        assertThat(manifests.serviceSays("one-api", ConditionType.Programmed))
            .contains("base URL")
            .contains("https://one.api.example.com");
        assertThat(account.all("endpoints")).hasSize(1);
        assertThat(account.all("credentials")).hasSize(1);
      }
      detour.mend();
      try (ClinicOperator operator = operator(detour.url()).start()) {
        manifests.awaitGone();
        assertThat(account.all("endpoints")).isEmpty();
        assertThat(account.all("credentials")).isEmpty();
      }
    }
  }

  @Test
  void aReplyThatIsLostDoesNotStopDeletion() {
    manifests.applyText(Site.all("one"));
    try (ClinicOperator operator = operator().start()) {
      manifests.awaitAllReady();
      for (String path :
          new String[] {"endpoints", "reserved_addrs", "credentials", "service_users"}) {
        account.fault(
            """
            {"method": "DELETE", "path": "/%s/{id}", "after": "commit", "drop": true}
            """
                .formatted(path));
        account.fault(
            """
            {"method": "DELETE", "path": "/%s/{id}", "status": 500}
            """
                .formatted(path));
      }

      manifests.deleteAll();
      manifests.awaitGone();

      assertThat(account.all("endpoints")).isEmpty();
      assertThat(account.all("reserved_addrs")).isEmpty();
      assertThat(account.all("credentials")).isEmpty();
      assertThat(account.all("service_users")).isEmpty();
    }
  }

  private String foreignEndpoint(String url) {
    return id(
        account.call(
            "POST",
            "/endpoints",
            """
            {"type": "cloud", "url": "%s", "bindings": ["public"], "traffic_policy":
             "{\\"on_http_request\\":[{\\"actions\\":[{\\"type\\":\\"deny\\"}]}]}"}
            """
                .formatted(url)));
  }
}
