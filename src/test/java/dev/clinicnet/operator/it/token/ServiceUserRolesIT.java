package dev.clinicnet.operator.it.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.Settled;
import dev.clinicnet.testkit.Site;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A new service user gets the least role. One that exists keeps its roles. */
@SuppressWarnings("try") // An operator only has to run.
class ServiceUserRolesIT extends InOneNamespace {

  @Test
  void aNewServiceUserMayOnlyReadAndItsAgentStarts() {
    manifests.applyText(Site.all("one"));
    try (ClinicOperator operator = operator().start()) {
      manifests.awaitAllReady();
      assertThat(only("service_users").path("roles").toString())
          .isEqualTo("[\"developer-readonly\"]");

      account.connectAgent(manifests.file("one-site-kit", "ngrok.yml"));
      operator.refresh();
      manifests.awaitClinic("one", ConditionType.AgentOnline, "AgentConnected");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"refused", "ignored"})
  void aPlatformWithoutRolesIsTolerated(String roles) {
    account.behaviour("{\"roles\": \"" + roles + "\"}");
    manifests.applyText(Site.all("one"));
    manifests.applyText(Site.all("two"));
    try (ClinicOperator operator = operator().start()) {
      manifests.awaitAllReady();
    }
    assertThat(account.all("service_users")).hasSize(2).noneMatch(user -> user.has("roles"));
    assertThat(account.requests().get("POST /service_users"))
        .isBetween(2, roles.equals("refused") ? 4 : 2);
  }

  @Test
  void aServiceUserThatExistsIsNotTouched() {
    account.behaviour("{\"roles\": \"ignored\"}");
    convergeOnce(Site.all("one"));
    account.behaviour("{\"roles\": \"known\"}");
    account.forgetRequests();
    try (ClinicOperator operator = operator().start()) {
      look(operator);
      manifests.annotateClinic("one", "example.com/looked", "at");
      Settled.awaitStill(() -> account.writes().isEmpty());
    }
    assertThat(account.writes()).isEmpty();
    assertThat(only("service_users").path("roles").toString()).isEqualTo("[\"developer\"]");
  }
}
