package dev.clinicnet.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.simulator.SimulatorClient.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest extends SimulatorTest {

  @Test
  void showsTheTokenOnce() {
    Answer credential = created("/credentials", "acl", List.of("bind:*.clinic1.internal"));
    String token = credential.text("token");
    assertThat("cr_" + token.substring(0, token.indexOf('_'))).isEqualTo(credential.id());
    Answer later = client.get("/credentials/" + credential.id());
    assertThat(later.body().has("token")).isTrue();
    assertThat(later.body().get("token").isNull()).isTrue();
    assertThat(client.get("/_simulator/state").body().toString()).doesNotContain(token);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "bind:*",
        "bind:foo.ngrok.app",
        "bind:*.clinic1.internal",
        "bind:1.tcp.ngrok.io:20002",
        "bind:tcp://a.internal:22",
        "bind:https://*.clinic1.internal",
        "bind:k=v",
        "bind:*=v"
      })
  void takesDocumentedRules(String rule) {
    created("/credentials", "acl", List.of(rule));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "clinic1.internal",
        "bind:",
        "bind:a.*.internal",
        "bind:ftp://a.internal",
        "bind:tcp://a.internal:22/x",
        "bind:tcp://*a.internal:22",
        "bind:*a.internal",
        "connect:a.internal"
      })
  void refusesOtherRules(String rule) {
    assertThat(refusal("/credentials", "acl", List.of(rule))).isEqualTo("ERR_NGROK_600");
  }

  @Test
  void belongsToTheCallerUnlessAnOwnerIsNamed() {
    assertThat(created("/credentials").text("owner_id")).startsWith("usr_");
    assertThat(refusal("/credentials", "owner_id", "service_2aBcDeFgHiJkLmNoPqRsTuVwXyZ"))
        .isEqualTo("ERR_NGROK_634");
    String user = created("/service_users", "name", "a", "active", false).id();
    assertThat(refusal("/credentials", "owner_id", user)).isEqualTo("ERR_NGROK_636");
  }

  @Test
  void patchesWhatIsNamedAndClearsAnExplicitlyEmptyAcl() {
    Answer credential =
        created("/credentials", "description", "d", "acl", List.of("bind:a.internal"));
    String path = "/credentials/" + credential.id();
    assertThat(patchRefusal(path)).isEqualTo("ERR_NGROK_606");
    assertThat(patchRefusal(path, "owner_id", "x")).isEqualTo("ERR_NGROK_214");
    assertThat(patchRefusal(path, "description", "x".repeat(256))).isEqualTo("ERR_NGROK_604");
    assertThat(patchRefusal(path, "metadata", "x".repeat(4097))).isEqualTo("ERR_NGROK_605");
    assertThat(client.patch(path, "{\"metadata\":\"m\"}").body().get("acl")).hasSize(1);
    Answer open = client.patch(path, "{\"acl\":[]}");
    assertThat(open.body().get("acl")).isEmpty();
    assertThat(open.text("description")).isEqualTo("d");
  }

  @Test
  void stopsAtThePlanLimit() {
    client.post("/_simulator/plan-limits", "{\"credentials\":0}");
    assertThat(refusal("/credentials")).isEqualTo("ERR_NGROK_602");
  }
}
