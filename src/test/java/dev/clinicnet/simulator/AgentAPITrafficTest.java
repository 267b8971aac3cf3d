package dev.clinicnet.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.clinicnet.simulator.SimulatorClient.Answer;
import dev.clinicnet.simulator.edge.EdgeClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The local API of an agent, reached through the edge. */
class AgentAPITrafficTest extends AgentSite {
  private static final String API = "https://" + PUBLIC + "/api";
  private static final Map<String, String> LOGIN = login("operator:not-a-real-password");

  private EdgeClient edge;

  @BeforeEach
  void openTheEdge() {
    created("/reserved_domains", "domain", "*.api.example.com");
    publish("https://" + PUBLIC, "https://agent-api.clinic1.internal");
    edge = EdgeClient.of(this::addresses, edgeView().path("certificate_authority").asText());
  }

  @Test
  void isAnsweredUnderThePublicHostBehindTheEndpointsPolicy() {
    assertThat(edge.get(API + "/status").outcome()).isEqualTo("401");
    assertThat(edge.request("GET", API + "/status", login("operator:wrong-password")).outcome())
        .isEqualTo("401");
    assertThat(client.get("/_simulator/requests").body().properties())
        .noneMatch(count -> count.getKey().contains("/agent-api"));

    EdgeClient.Answer status = edge.request("GET", API + "/status", LOGIN);

    assertThat(status.outcome()).isEqualTo("200");
    assertThat(status.body()).contains("\"agent_version\":\"3.39.7\"");
    assertThat(client.get("/_simulator/requests").body().path("GET /agent-api/status").asInt())
        .isEqualTo(1);
  }

  @Test
  void refusesAnotherPublicHost() {
    publish("https://other.api.example.com", "https://agent-api.clinic1.internal");

    EdgeClient.Answer answer =
        edge.request("GET", "https://other.api.example.com/api/status", LOGIN);

    assertThat(answer.outcome()).isEqualTo("403");
    assertThat(answer.body()).contains("web_allow_hosts");
  }

  @Test
  void refusesAForeignHostOnTheMachineToo() {
    int port = agent.body().path("api_port").asInt();
    InetSocketAddress api = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    EdgeClient browser =
        EdgeClient.of(
            () -> Map.of("http://evil.example.net", api, "http://localhost", api),
            edgeView().path("certificate_authority").asText());

    assertThat(browser.get("http://evil.example.net/api/status").outcome()).isEqualTo("403");
    assertThat(browser.get("http://localhost/api/status").outcome()).isEqualTo("200");
  }

  @Test
  void carriesTrafficToWhatItStartsUntilItStopsIt() throws IOException {
    HttpServer web =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    web.createContext("/", AgentAPITrafficTest::greet);
    web.start();
    try {
      publish("https://web.api.example.com", "https://web.clinic1.internal");
      client.send(
          "PUT",
          "/_simulator/agents/" + agent.id() + "/upstreams",
          "{\"10.0.0.9:3000\": \"127.0.0.1:" + web.getAddress().getPort() + "\"}");
      assertThat(edge.get("https://web.api.example.com/").body()).contains("ERR_NGROK_3200");

      EdgeClient.Answer started =
          edge.request(
              "POST",
              API + "/endpoints",
              json(),
              WEB.replace("\"80\"", "\"http://10.0.0.9:3000\"").getBytes(StandardCharsets.UTF_8));

      assertThat(started.outcome()).as(started.body()).isEqualTo("201");
      assertThat(edge.get("https://web.api.example.com/").body()).isEqualTo("hello");

      assertThat(edge.request("DELETE", API + "/endpoints/web", LOGIN).outcome()).isEqualTo("204");

      assertThat(edge.get("https://web.api.example.com/").body()).contains("ERR_NGROK_3200");
      assertThat(edge.request("GET", API + "/status", LOGIN).outcome()).isEqualTo("200");
    } finally {
      web.stop(0);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/api/status/../requests/http", "//api//requests/http", "/api/%72equests/http"})
  void readsEveryWayToWriteAPath(String path) {
    EdgeClient.Answer answer = edge.request("GET", "https://" + PUBLIC + path, LOGIN);

    assertThat(answer.body()).contains("\"requests\":[]");
  }

  @Test
  void isTheAgentsOwnWhateverOthersServe() {
    Answer other =
        agent(
            FILE.formatted(token, PUBLIC).replace("agent-api.clinic1", "second.clinic1"),
            "?version=3.20.0");
    publish("https://second.api.example.com", "https://second.clinic1.internal");

    Map<String, String> headers = new HashMap<>(LOGIN);
    headers.put("Host", PUBLIC);
    assertThat(edge.request("GET", API + "/status", headers).body()).contains("3.39.7");
    EdgeClient.Answer foreign =
        edge.request("GET", "https://second.api.example.com/api/status", LOGIN);
    assertThat(foreign.outcome()).isEqualTo("403");
    assertThat(api(other, "GET", "/api/status", null).text("agent_version")).isEqualTo("3.20.0");
  }

  @Test
  void giveWayToWhatATestPutsInItsPlace() throws IOException {
    HttpServer detour =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    detour.createContext("/", AgentAPITrafficTest::greet);
    detour.start();
    try {
      client.send(
          "PUT",
          "/_simulator/agents/" + agent.id() + "/upstreams",
          "{\"localhost:4040\": \"127.0.0.1:" + detour.getAddress().getPort() + "\"}");

      assertThat(edge.request("GET", API + "/status", LOGIN).body()).isEqualTo("hello");
    } finally {
      detour.stop(0);
    }
  }

  private void publish(String url, String internal) {
    String policy =
        """
        {"on_http_request": [{"actions": [{"type": "forward-internal", "config": {"url": "%s"}}]}]}
        """
            .formatted(internal);
    created("/endpoints", "type", "cloud", "url", url, "traffic_policy", policy);
  }

  private JsonNode edgeView() {
    return client.get("/_simulator/edge").body();
  }

  private Map<String, InetSocketAddress> addresses() {
    Map<String, InetSocketAddress> addresses = new HashMap<>();
    for (JsonNode endpoint : edgeView().path("endpoints")) {
      String[] address = endpoint.path("address").asText().split(":", 2);
      addresses.put(
          endpoint.path("url").asText(),
          new InetSocketAddress(address[0], Integer.parseInt(address[1])));
    }
    return addresses;
  }

  private static void greet(com.sun.net.httpserver.HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(200, 5);
      exchange.getResponseBody().write("hello".getBytes(StandardCharsets.UTF_8));
    }
  }

  private static Map<String, String> login(String credentials) {
    byte[] bytes = credentials.getBytes(StandardCharsets.UTF_8);
    return Map.of("Authorization", "Basic " + Base64.getEncoder().encodeToString(bytes));
  }

  private static Map<String, String> json() {
    Map<String, String> headers = new HashMap<>(LOGIN);
    headers.put("Content-Type", "application/json");
    return headers;
  }
}
