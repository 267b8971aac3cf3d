package dev.clinicnet.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clinicnet.operator.certificate.Fixtures;
import dev.clinicnet.simulator.SimulatorClient.Answer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shown state of an account is restored, here or in another simulator. */
class SavedStateTest extends SimulatorTest {
  private static final String POLICY =
      """
      {"on_http_request":[{"actions":[{"type":"custom-response",\
      "config":{"status_code":200,"body":"${secrets.get('clinics','greeting')}"}}]}]}
      """;

  @Test
  void everyKindOfObjectComesBackAsItWasShown() {
    fill();
    JsonNode before = state();
    before.properties().stream()
        .filter(kind -> !kind.getKey().equals("tunnel_sessions"))
        .forEach(kind -> assertThat(kind.getValue()).as(kind.getKey()).isNotEmpty());

    client.delete("/_simulator/state");
    assertThat(put(before).status()).isEqualTo(204);

    assertThat(state()).isEqualTo(before);
    assertThat(client.get("/_simulator/requests").body()).isEmpty();
    assertThat(client.get("/api_keys").body().at("/keys/0/owner_id"))
        .isEqualTo(before.at("/credentials/0/owner_id"));
  }

  @Test
  void theAccountGoesOnFromThere() {
    fill();
    ObjectNode saved = state();
    client.delete("/_simulator/state");
    put(saved);

    assertThat(refusal("/service_users", "name", "clinic1")).isEqualTo("ERR_NGROK_4112");
    assertThat(client.get("/bot_users").body().get("bot_users")).hasSize(1);
    clock.advance(CERTIFICATE_DELAY);
    JsonNode domain = state().at("/reserved_domains/0");
    assertThat(domain.get("domain").asText()).isEqualTo("*.api.clinicnet.com");
    assertThat(domain.at("/certificate/id").asText()).startsWith("cert_");
    assertThat(domain.at("/certificate_management_status/renews_at").isTextual()).isTrue();
    for (String kind : List.of("endpoints", "credentials", "service_users", "reserved_addrs")) {
      String id = saved.at("/" + kind + "/0/id").asText();
      assertThat(client.delete("/" + kind + "/" + id).status()).as(kind).isEqualTo(204);
    }
  }

  @Test
  void anAddressOfTheStateIsNotGivenToAnybodyElse() throws Exception {
    String first = created("/reserved_addrs", "region", "eu").text("addr");
    created("/reserved_addrs", "region", "eu");
    ObjectNode saved = state();

    try (Simulator other = Simulator.start(options().withPort(0))) {
      client = new SimulatorClient(other.url());
      put(saved);

      String third = created("/reserved_addrs", "region", "eu").text("addr");

      assertThat(first).isEqualTo("1.tcp.eu.ngrok.io:20000");
      assertThat(third).isEqualTo("1.tcp.eu.ngrok.io:20002");
    }
  }

  @Test
  void dnsThatWasWrongIsStillWrong() {
    created("/reserved_domains", "domain", "a.clinicnet.com");
    client.post("/_simulator/domains/a.clinicnet.com/dns", "{\"error\":\"DNS_ERROR\"}");
    ObjectNode saved = state();
    client.delete("/_simulator/state");
    put(saved);
    clock.advance(CERTIFICATE_DELAY);
    assertThat(state()).isEqualTo(saved);

    client.post("/_simulator/domains/a.clinicnet.com/dns", "{\"error\":null}");
    clock.advance(CERTIFICATE_DELAY);

    assertThat(state().at("/reserved_domains/0/certificate/id").asText()).startsWith("cert_");
  }

  @Test
  void agentsConnectWithTheTokensThatTheStateWasGiven() {
    String token = created("/credentials", "acl", List.of("bind:*.a.internal")).text("token");
    connect(token, "https://api.a.internal");
    ObjectNode saved = state();
    put(saved);
    assertThat(client.get("/tunnel_sessions").body().get("tunnel_sessions")).isEmpty();
    assertThat(client.get("/endpoints").body().get("endpoints")).isEmpty();
    assertThat(refusal(connect(token, "https://api.a.internal"))).isEqualTo("ERR_NGROK_107");

    ((ObjectNode) saved.at("/credentials/0")).put("token", token);
    put(saved);

    Answer agent = connect(token, "https://api.a.internal", "https://api.b.internal");
    assertThat(agent.body().at("/endpoints/0/id").asText()).startsWith("ep_");
    assertThat(agent.body().at("/endpoints/1/error_code").asText()).isEqualTo("ERR_NGROK_316");
    assertThat(state().toString()).doesNotContain(token);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "{\"domains\":[]}; 'domains' is none of",
        "{\"endpoints\":{}}; 'endpoints' must be a list",
        "{\"vaults\":[7]}; 'vaults[0]' must be an object",
        "{\"vaults\":[{\"id\":\"rd_1\"}]}; vault",
        "{\"vaults\":[{\"id\":\"vault_2aBcDeFgHiJkLmNoPqRsTuVwXyZ\"}]}; 'vaults[0].created_at'",
        "[]; the body must be a JSON object",
      })
  void aStateThatIsPlainlyWrongChangesNothing(String body, String why) {
    created("/vaults", "name", "kept");
    ObjectNode before = state();

    Answer answer = client.send("PUT", "/_simulator/state", body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text("msg")).contains(why);
    assertThat(state()).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "reserved_addrs, addr, nowhere, 'nowhere' is no TCP address",
        "credentials, token, short, authtoken",
        "reserved_domains, certificate_management_status, yesterday, could not be parsed",
      })
  void aStateWithAWrongMemberLeavesAnEmptyAccount(
      String kind, String member, String value, String why) {
    fill();
    ObjectNode saved = state();
    ObjectNode object = (ObjectNode) saved.at("/" + kind + "/0");
    if (member.endsWith("status")) {
      object.putObject(member).put("renews_at", value);
    } else {
      object.put(member, value);
    }

    Answer answer = put(saved);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text("msg")).contains("the account is empty now", why);
    assertThat(state().get("vaults")).isEmpty();
  }

  @Test
  void aStateBeyondTheLimitIsRefusedByItsSize() {
    String body = "{\"vaults\":[\"" + "x".repeat(IncomingRequest.MAX_BODY) + "\"]}";

    Answer answer = client.send("PUT", "/_simulator/state", body);

    assertThat(answer.text("msg")).isEqualTo("the state is larger than 1 MiB");
  }

  /** One object of each kind. */
  private void fill() {
    created("/reserved_domains", "domain", "old.clinicnet.com", "metadata", "m");
    clock.advance(CERTIFICATE_DELAY);
    created("/reserved_domains", "domain", "*.api.clinicnet.com", "description", "d");
    clock.advance(DOMAIN_DELAY);
    created("/reserved_addrs", "metadata", "m");
    String user = created("/service_users", "name", "clinic1").id();
    created("/credentials", "owner_id", user, "acl", List.of("bind:*.clinic1.internal"));
    created("/credentials", "metadata", "m");
    String policy = created("/ip_policies", "description", "d").id();
    created("/ip_policy_rules", "ip_policy_id", policy, "cidr", "192.0.2.0/24", "action", "deny");
    created("/ip_restrictions", "type", "agent", "ip_policy_ids", List.of(policy));
    created("/access_tokens", "scopes", List.of("domains:read"));
    created("/vaults", "name", "clinics");
    created("/vault_secrets", "vault_name", "clinics", "name", "greeting", "value", "hello");
    created(
        "/kubernetes_operators",
        "region",
        "us",
        "deployment",
        Map.of("name", "n", "namespace", "ns"));
    created("/agent_ingresses", "domain", "connect.acme.com");
    created("/certificate_authorities", "ca_pem", Fixtures.read("ca.crt"));
    created(
        "/tls_certificates",
        "certificate_pem",
        Fixtures.read("rsa.crt"),
        "private_key_pem",
        Fixtures.read("rsa.pkcs8.key"));
    created("/endpoints", "url", "https://a.api.clinicnet.com", "traffic_policy", POLICY);
    created("/endpoints", "url", "tcp://1.tcp.ngrok.io:20000", "traffic_policy", CLOSE);
  }

  private Answer put(JsonNode state) {
    return client.send("PUT", "/_simulator/state", state.toString());
  }

  private ObjectNode state() {
    return (ObjectNode) client.get("/_simulator/state").body();
  }
}
