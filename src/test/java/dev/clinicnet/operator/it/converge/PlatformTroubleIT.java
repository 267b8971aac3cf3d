package dev.clinicnet.operator.it.converge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.simulator.SimulatorOptions;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.NgrokAccount;
import dev.clinicnet.testkit.RunningOperator;
import dev.clinicnet.testkit.Site;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * For every failure of ngrok's requests, nothing is created twice, and in the end everything
 * exists.
 */
@SuppressWarnings("try") // An operator only has to run.
class PlatformTroubleIT extends InOneNamespace {
  private static final String[] KINDS = {
    "reserved_domains", "reserved_addrs", "service_users", "credentials", "endpoints"
  };

  @ParameterizedTest
  @ValueSource(
      strings = {"reserved_domains", "reserved_addrs", "service_users", "credentials", "endpoints"})
  void aLostReplyLeadsToNoSecondObject(String resource) {
    account.fault(
        """
        {"method": "POST", "path": "/%s", "after": "commit", "drop": true}
        """
            .formatted(resource));

    assertConverges(operator());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"reserved_domains", "reserved_addrs", "service_users", "credentials", "endpoints"})
  void aLostRequestIsMadeAgain(String resource) {
    account.fault(
        """
        {"method": "POST", "path": "/%s", "drop": true}
        """
            .formatted(resource));

    assertConverges(operator());
  }

  @Test
  void serverErrorsBeforeAndAfterTheFact() {
    for (String resource : KINDS) {
      account.fault(
          """
          {"method": "POST", "path": "/%s", "status": 500}
          """
              .formatted(resource));
      account.fault(
          """
          {"method": "POST", "path": "/%s", "status": 502, "after": "commit"}
          """
              .formatted(resource));
    }

    assertConverges(operator());
  }

  @Test
  void answersThatComeTooLate() {
    for (String resource : KINDS) {
      account.fault(
          """
          {"method": "POST", "path": "/%s", "after": "commit", "delay": "2s"}
          """
              .formatted(resource));
    }

    assertConverges(operator().withTimeout(Duration.ofSeconds(1)));
  }

  @Test
  void tooManyRequestsAtOnce() {
    for (String resource : new String[] {"reserved_domains", "endpoints"}) {
      account.fault(
          """
          {"method": "POST", "path": "/%s", "status": 429, "error_code": "ERR_NGROK_225"}
          """
              .formatted(resource));
    }

    assertConverges(operator());
  }

  @Test
  void listsThatFailDelayEverythingAndNothingIsWrittenBefore() {
    account.fault(
        """
        {"method": "GET", "path": "/endpoints", "status": 503, "times": 4}
        """);

    assertConverges(operator());
  }

  @Test
  void aKindThatAlwaysFailsStopsNothingElseAndIsNotHammered() {
    account.refuse("POST", "/reserved_addrs", 500, "ERR_NGROK_10000");
    manifests.applyText(Site.all("one"));
    try (ClinicOperator operator = watchfulOperator().start()) {
      manifests.awaitService("one-web", ConditionType.Ready, "Programmed");
      manifests.applyText(Site.all("two"));
      manifests.awaitService("two-web", ConditionType.Ready, "Programmed");
      manifests.awaitService("two-api", ConditionType.Ready, "Programmed");
      awaitSweeps(5);

      assertThat(account.requests().get("POST /reserved_addrs")).isLessThanOrEqualTo(6);
      assertThat(manifests.serviceSays("one-db", ConditionType.Ready)).contains("HTTP 500");
    }
  }

  @Test
  void aPlanLimitIsSaidAndStopsNothingElse() {
    account.planLimit("reserved_addrs", 0);
    manifests.applyText(Site.all("one"));
    try (ClinicOperator operator = operator().start()) {
      manifests.awaitService("one-db", ConditionType.Programmed, "AccountLimitReached");
      assertThat(manifests.serviceSays("one-db", ConditionType.Ready)).contains("plan");
      manifests.awaitService("one-api", ConditionType.Ready, "Programmed");
      manifests.awaitService("one-web", ConditionType.Ready, "Programmed");
      manifests.awaitClinic("one", ConditionType.Ready, "Programmed");
      assertThat(account.requests()).containsEntry("POST /reserved_addrs", 1);
    }
  }

  @Test
  void aKeyWithoutRightsSaysWhatKindOfKeyIsNeeded() {
    account.keyRole("developer");
    manifests.applyText(Site.clinic("one"));
    try (ClinicOperator operator = operator().start()) {
      manifests.awaitClinic("one", ConditionType.Programmed, "APIKeyRejected");
      assertThat(manifests.clinicSays("one", ConditionType.Ready))
          .contains("admin user")
          .contains("not to a service user");
      assertThat(account.all("credentials")).isEmpty();

      account.keyRole("admin");
      manifests.awaitAllReady();
    }
  }

  @Test
  void aDomainThatTakesItsTimeCostsOneRepeatForEachEndpoint() {
    account.close();
    account =
        NgrokAccount.open(
            SimulatorOptions.defaults()
                .withPort(0)
                .withoutRateLimit()
                .withDomainDelay(Duration.ofSeconds(3)));

    assertConverges(operator());

    assertThat(account.requests().get("POST /endpoints")).isLessThanOrEqualTo(5);
  }

  private void assertConverges(RunningOperator running) {
    manifests.applyText(Site.all("one"));
    try (ClinicOperator operator = running.start()) {
      manifests.awaitAllReady();
      account.clearFaults();

      assertThat(account.all("service_users")).hasSize(1);
      assertThat(account.all("credentials")).hasSize(1);
      assertThat(account.all("reserved_addrs")).hasSize(1);
      assertThat(account.all("reserved_domains")).hasSize(2);
      assertThat(account.all("endpoints")).hasSize(3);
      assertThat(id(only("credentials")))
          .isEqualTo(manifests.clinic("one").getStatus().authtoken().credentialID());
      assertThat(id(only("reserved_addrs")))
          .isEqualTo(manifests.service("one-db").getStatus().address().id());
    }
  }
}
