package dev.clinicnet.operator.it.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinicnet.testkit.AgentKind;
import dev.clinicnet.testkit.NgrokAccount;
import dev.clinicnet.testkit.RealAgents;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Faults of the simulator hit an agent on ngrok's Go SDK, and PROXY headers pass through it. */
class AgentTroubleIT {
  private static final String AGENT = "site1";
  private static final String DATABASE = "192.168.1.101:5432";
  private static final String INTERNAL = "tcp://db.clinic1.internal:5432";

  private final NgrokAccount account = NgrokAccount.open();
  private RealAgents agents;

  @BeforeEach
  void play() {
    account.play(AgentKind.REAL);
    agents = account.realAgents();
  }

  @AfterEach
  void closeAccount() {
    account.close();
  }

  @Test
  void withoutHeartbeatsItGivesUpItsConnectionAndConnectsAgain() {
    account.connectAgent(file("heartbeat_interval: 300ms, heartbeat_tolerance: 300ms", ""));

    account.fault("{\"path\": \"/agent-session/heartbeat\", \"times\": 100000}");
    agents.awaitEvent(AGENT, "disconnected");
    account.clearFaults();

    await().until(() -> agents.count(AGENT, "connected") == 2);
    await().until(() -> account.names("endpoints", "url").equals(List.of(INTERNAL)));
  }

  @Test
  void itRepeatsALoginThatWasRefusedForAWhile() {
    account.fault(
        """
        {"path": "/agent-session/auth", "times": 2, "error_code": "ERR_NGROK_108", "msg": "full"}
        """);

    agents.run(AGENT, file("", ""));

    agents.awaitEvent(AGENT, "started");
    assertThat(agents.codes(AGENT)).containsExactly("ERR_NGROK_108");
    assertThat(agents.count(AGENT, "disconnected")).isEqualTo(2);
  }

  @Test
  void itRepeatsAnEndpointThatWasRefusedForAWhile() {
    account.fault(
        """
        {"path": "/agent-session/bind", "times": 2, "error_code": "ERR_NGROK_334", "msg": "held"}
        """);

    agents.run(AGENT, file("", ""));

    agents.awaitEvent(AGENT, "bound");
    assertThat(agents.codes(AGENT)).containsExactly("ERR_NGROK_334");
    assertThat(account.names("endpoints", "url")).containsExactly(INTERNAL);
  }

  @Test
  void lateHeartbeatsWithinItsToleranceChangeNothing() {
    JsonNode agent =
        account.connectAgent(file("heartbeat_interval: 200ms, heartbeat_tolerance: 10s", ""));

    account.fault(
        """
        {"path": "/agent-session/heartbeat", "times": 5, "delay": "600ms"}
        """);
    await().until(() -> account.matched() == 5);

    assertThat(agents.count(AGENT, "disconnected")).isZero();
    assertThat(account.names("tunnel_sessions", "id"))
        .containsExactly(agent.path("session_id").asText());
  }

  @Test
  void afterALaterHeartbeatItConnectsAgainAndKeepsItsSession() {
    JsonNode agent =
        account.connectAgent(file("heartbeat_interval: 300ms, heartbeat_tolerance: 300ms", ""));

    account.fault(
        """
        {"path": "/agent-session/heartbeat", "delay": "3s"}
        """);
    agents.awaitEvent(AGENT, "disconnected");

    await().until(() -> agents.count(AGENT, "connected") == 2);
    await().until(() -> account.names("endpoints", "url").equals(List.of(INTERNAL)));
    assertThat(account.names("tunnel_sessions", "id"))
        .containsExactly(agent.path("session_id").asText());
  }

  @Test
  void anUpdateMakesItReadItsFileAndLogInAnew() {
    String before = account.connectAgent(file("", "")).path("session_id").asText();

    account.call("POST", "/tunnel_sessions/" + before + "/update", "{}");

    agents.awaitEvent(AGENT, "told to update");
    await().until(() -> agents.count(AGENT, "started") == 2);
    assertThat(account.names("tunnel_sessions", "id")).hasSize(1).doesNotContain(before);
    assertThat(account.names("endpoints", "url")).containsExactly(INTERNAL);
    assertThat(agents.count(AGENT, "told to restart")).isZero();
  }

  @Test
  void withoutRemoteManagementNobodyStopsRestartsOrUpdatesIt() {
    String session =
        account.connectAgent(file("remote_management: false", "")).path("session_id").asText();

    Map.of("restart", 804, "stop", 805, "update", 806)
        .forEach(
            (command, code) ->
                assertThatThrownBy(
                        () ->
                            account.call(
                                "POST", "/tunnel_sessions/" + session + "/" + command, "{}"))
                    .hasMessageContaining("ERR_NGROK_" + code));

    assertThat(account.names("tunnel_sessions", "id")).containsExactly(session);
    assertThat(agents.events(AGENT)).noneMatch(event -> event.toString().contains("told to"));
  }

  @Test
  void anEndpointThatThePlatformStopsEndsAndItsAgentStays() {
    JsonNode agent = account.connectAgent(file("", ""));

    account.call(
        "DELETE",
        "/_simulator/agents/"
            + agent.path("id").asText()
            + "/endpoints/"
            + account.names("endpoints", "id").get(0),
        null);

    JsonNode ended = agents.awaitEvent(AGENT, "endpoint ended");
    assertThat(ended.path("url").asText()).isEqualTo(INTERNAL);
    assertThat(account.all("endpoints")).isEmpty();
    assertThat(account.all("tunnel_sessions")).hasSize(1);
    assertThat(agents.count(AGENT, "disconnected")).isZero();
  }

  @Test
  void theUpstreamLearnsTheClientsAddressByAPROXYHeader() throws IOException {
    String address = account.call("POST", "/reserved_addrs", "{}").path("addr").asText();
    String url = "tcp://" + address;
    account.call(
        "POST",
        "/endpoints",
        """
        {"url": "%s", "traffic_policy":
         "{\\"on_tcp_connect\\":[{\\"actions\\":[{\\"type\\":\\"forward-internal\\",\\"config\\":{\\"url\\":\\"%s\\"}}]}]}"}
        """
            .formatted(url, INTERNAL));
    JsonNode agent = account.connectAgent(file("", ", proxy_protocol: \"1\""));
    try (ServerSocket database = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      account.upstream(agent, DATABASE, (InetSocketAddress) database.getLocalSocketAddress());
      InetSocketAddress edge = account.edge(url, "203.0.113.7");

      try (Socket client = new Socket(edge.getAddress(), edge.getPort());
          Socket accepted = database.accept()) {
        client.getOutputStream().write("hello".getBytes(StandardCharsets.UTF_8));
        client.shutdownOutput();
        String received =
            new String(accepted.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(received).startsWith("PROXY TCP4 203.0.113.7 ").endsWith("\r\nhello");
      }
    }
  }

  private String file(String agentKeys, String upstreamKeys) {
    String token =
        account
            .call("POST", "/credentials", "{\"acl\": [\"bind:*.clinic1.internal\"]}")
            .path("token")
            .asText();
    return """
        version: 3
        agent: {authtoken: "%s"%s}
        endpoints:
          - name: db
            url: %s
            upstream: {url: "tcp://%s"%s}
        """
        .formatted(
            token, agentKeys.isEmpty() ? "" : ", " + agentKeys, INTERNAL, DATABASE, upstreamKeys);
  }
}
