package dev.clinicnet.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinicnet.simulator.SimulatorClient.Answer;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;

/** An account with an agent whose API is on, as seen from the agent's machine. */
abstract class AgentSite extends SimulatorTest {
  static final String PUBLIC = "agent.api.example.com";
  static final String FILE =
      """
      version: 3
      agent:
        authtoken: %s
        inspect_db_size: -1
        web_addr: localhost:4040
        web_allow_hosts: [%s]
      endpoints:
        - name: agent-api
          url: https://agent-api.clinic1.internal
          upstream: {url: "http://localhost:4040"}
          traffic_policy:
            on_http_request:
              - actions:
                  - {type: basic-auth, config: {credentials: ["operator:not-a-real-password"]}}
      """;
  static final String WEB =
      """
      {"name": "web", "url": "https://web.clinic1.internal", "upstream": {"url": "80"}}
      """;

  String token;
  Answer agent;

  @Override
  SimulatorOptions options() {
    return SimulatorOptions.defaults().withoutRateLimit();
  }

  @BeforeEach
  void connectAgent() {
    token = created("/credentials", "acl", List.of("bind:*.clinic1.internal")).text("token");
    agent = connectAgent("");
  }

  /** Another one with the same file. */
  final Answer connectAgent(String query) {
    return agent(FILE.formatted(token, PUBLIC), query);
  }

  final Answer agent(String file, String query) {
    Answer connected = client.post("/_simulator/agents" + query, file);
    assertThat(connected.status()).as("%s", connected.body()).isEqualTo(201);
    return connected;
  }

  /** Calls the API of the agent. */
  final Answer api(String method, String path, String body) {
    return api(agent, method, path, body);
  }

  final Answer api(Answer which, String method, String path, String body) {
    return client.send(method, url(which, path), body);
  }

  static String url(Answer which, String path) {
    return "http://127.0.0.1:" + which.body().path("api_port").asInt() + path;
  }

  final Answer get(String path) {
    return api("GET", path, null);
  }

  /** The URLs that are online. */
  final List<String> online() {
    return client.get("/endpoints").body().findValuesAsText("public_url");
  }

  /** An error of the agent: its own code, and what lies behind. */
  static String error(Answer answer) {
    JsonNode body = answer.body();
    assertThat(body.path("status_code").asInt()).isEqualTo(answer.status());
    assertThat(body.path("msg").asText()).isNotEmpty();
    assertThat(body.path("error_code").isInt()).isTrue();
    return answer.status()
        + "/"
        + body.path("error_code").asInt()
        + " "
        + body.at("/details/err").asText().replaceAll("\\s+", " ").strip();
  }
}
