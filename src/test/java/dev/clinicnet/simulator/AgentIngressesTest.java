package dev.clinicnet.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.simulator.SimulatorClient.Answer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentIngressesTest extends SimulatorTest {

  @ParameterizedTest
  @CsvSource({
    "'', ERR_NGROK_6704",
    "single, ERR_NGROK_6704",
    "*.acme.com, ERR_NGROK_6704",
    "connect.ngrok.app, ERR_NGROK_6705",
  })
  void refusesDomainsThatCannotBeUsed(String domain, String code) {
    assertThat(refusal("/agent_ingresses", "domain", domain)).isEqualTo(code);
  }

  @Test
  void tellsTheNameServersAndListsUnderItsOwnKey() {
    Answer ingress = created("/agent_ingresses", "domain", "connect.acme.com");
    assertThat(ingress.body().get("ns_targets")).isNotEmpty();
    assertThat(ingress.text("uri")).isEqualTo("/agent_ingresses/" + ingress.id());
    assertThat(ingress.body().get("certificate_management_policy").isNull()).isTrue();
    assertThat(client.get("/agent_ingresses").body().get("ingresses")).hasSize(1);
    assertThat(refusal("/agent_ingresses", "domain", "connect.acme.com"))
        .isEqualTo("ERR_NGROK_6706");
  }

  @Test
  void managesItsCertificate() {
    Answer ingress =
        created(
            "/agent_ingresses",
            "domain",
            "connect.acme.com",
            "certificate_management_policy",
            Map.of("authority", "letsencrypt"));
    assertThat(ingress.body().at("/certificate_management_policy/private_key_type").asText())
        .isEqualTo("rsa");
    String job = "/certificate_management_status/provisioning_job";
    assertThat(ingress.body().at(job).isObject()).isTrue();
    clock.advance(CERTIFICATE_DELAY);
    String path = "/agent_ingresses/" + ingress.id();
    assertThat(client.get(path).body().at(job).isNull()).isTrue();
  }

  @Test
  void refusesLongTextsAndStopsAtThePlanLimit() {
    String path =
        "/agent_ingresses/" + created("/agent_ingresses", "domain", "connect.acme.com").id();
    assertThat(patchRefusal(path, "description", "x".repeat(256))).isEqualTo("ERR_NGROK_6700");
    assertThat(patchRefusal(path, "metadata", "x".repeat(4097))).isEqualTo("ERR_NGROK_6701");
    client.post("/_simulator/plan-limits", "{\"agent_ingresses\":1}");
    assertThat(refusal("/agent_ingresses", "domain", "connect2.acme.com"))
        .isEqualTo("ERR_NGROK_6707");
  }
}
