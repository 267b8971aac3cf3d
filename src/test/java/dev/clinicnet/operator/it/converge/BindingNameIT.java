package dev.clinicnet.operator.it.converge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.OnePage;
import dev.clinicnet.testkit.Site;
import dev.clinicnet.testkit.Team;
import org.junit.jupiter.api.Test;

/** The platform may call the binding of internal endpoints {@code private}: the URL decides. */
@SuppressWarnings("try") // An operator only has to run.
class BindingNameIT extends InOneNamespace {
  private static final String INTERNAL = "https://one-api.one.internal";

  @Test
  void aSiteWorksWhateverTheBindingOfItsEndpointsIsCalled() {
    account.behaviour("{\"internal_binding\": \"private\"}");
    manifests.applyText(Site.sharing("one") + "---\n" + Site.api("one"));
    try (OnePage page = new OnePage('a');
        ClinicOperator operator = watchfulOperator().start()) {
      manifests.awaitAllReady();
      JsonNode agent = account.connectAgent(manifests.file("one-site-kit", "ngrok.yml"));
      account.upstream(agent, "10.0.0.1:8080", page.address());
      assertThat(the("endpoints", "url", INTERNAL).at("/bindings/0").asText()).isEqualTo("private");

      manifests.awaitService("one-api", ConditionType.AgentOnline, "EndpointBound");
      manifests.awaitClinic("one", ConditionType.SiteKitCurrent, "SiteKitInstalled");
      assertThat(Team.visit(account, "https://one.api.example.com")).isEqualTo("a");
      account.forgetRequests();
      awaitSweeps(3);
      assertThat(account.writes()).isEmpty();

      account.disconnectAgent(agent.path("id").asText());
      manifests.awaitService("one-api", ConditionType.AgentOnline, "EndpointNotBound");
    }
  }
}
