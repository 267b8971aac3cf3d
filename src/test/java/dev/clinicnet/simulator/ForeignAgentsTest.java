package dev.clinicnet.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinicnet.simulator.SimulatorClient.Answer;
import dev.clinicnet.simulator.edge.EdgeClient;
import dev.clinicnet.simulator.wire.RequestType;
import dev.clinicnet.simulator.wire.WireClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Agents outside of the simulator, on connections that the tests play frame by frame. */
class ForeignAgentsTest extends SimulatorTest {
  private static final String API = "https://api.clinic1.internal";
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nanswer";

  private final List<WireClient> agents = new ArrayList<>();

  @AfterEach
  void closeAgents() {
    agents.forEach(WireClient::close);
  }

  private WireClient agent() {
    JsonNode edge = client.get("/_simulator/edge").body();
    String address = edge.path("agents").asText();
    int port = Integer.parseInt(address.substring(address.indexOf(':') + 1));
    WireClient agent =
        new WireClient(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
            edge.path("certificate_authority").asText());
    agents.add(agent);
    return agent;
  }

  private WireClient agent(String token) {
    WireClient agent = agent();
    assertThat(agent.login(token, "", "").path("Error").asText()).isEmpty();
    return agent;
  }

  private String token(String... acl) {
    return created("/credentials", "acl", List.of(acl)).text("token");
  }

  private static String code(JsonNode answer) {
    String text = answer.path("Error").asText().strip();
    return text.substring(text.lastIndexOf('\n') + 1);
  }

  private JsonNode only(String resource) {
    JsonNode all = client.get("/" + resource).body().path(resource);
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  private List<String> online() {
    return client.get("/endpoints").body().findValuesAsText("public_url");
  }

  private String agentId() {
    return client.get("/_simulator/agents").body().at("/agents/0/id").asText();
  }

  private void fault(String json) {
    assertThat(client.post("/_simulator/faults", json).status()).isEqualTo(201);
  }

  @Test
  void appearsAsSessionAndEndpointLikeASimulatedOne() {
    Answer credential = created("/credentials", "acl", List.of("bind:*.clinic1.internal"));
    WireClient agent = agent();

    JsonNode session = agent.login(credential.text("token"), "", "");
    JsonNode bound = agent.bind("b1", API, false);

    assertThat(session.path("Version").asText()).isEqualTo("3");
    assertThat(session.at("/Extra/AgentSessionID").asText())
        .isEqualTo(only("tunnel_sessions").path("id").asText());
    assertThat(only("tunnel_sessions").at("/credential/id").asText()).isEqualTo(credential.id());
    assertThat(only("tunnel_sessions").path("metadata").asText()).isEqualTo("m");
    assertThat(only("tunnel_sessions").path("ip").asText()).isEqualTo("127.0.0.1");
    assertThat(bound.path("Error").asText()).isEmpty();
    assertThat(bound.path("Id").asText()).isEqualTo("b1");
    assertThat(bound.path("URL").asText()).isEqualTo(API);
    assertThat(bound.at("/Extra/TunnelID").asText())
        .isEqualTo(only("endpoints").at("/tunnel/id").asText());
    assertThat(only("endpoints").path("upstream_url").asText()).isEqualTo("app://test");
    JsonNode shown = client.get("/_simulator/agents").body().at("/agents/0");
    assertThat(shown.path("simulated").asText()).isEqualTo("false");
    assertThat(shown.at("/endpoints/0/url").asText()).isEqualTo(API);
    assertThat(shown.toString()).doesNotContain(session.at("/Extra/Cookie").asText());
  }

  @Test
  void isRefusedWithTheCodesOfTheAPI() {
    assertThat(code(agent().login("nonsense", "", ""))).isEqualTo("ERR_NGROK_105");
    assertThat(code(agent().login("2aBcDeFgHiJkLmNoPqRsTuVwXyZ_abcdefghijklmnopqrstu", "", "")))
        .isEqualTo("ERR_NGROK_107");
    Answer credential = created("/credentials");
    client.delete("/credentials/" + credential.id());
    assertThat(code(agent().login(credential.text("token"), "", ""))).isEqualTo("ERR_NGROK_300");
    assertThat(client.get("/tunnel_sessions").body().path("tunnel_sessions")).isEmpty();
  }

  @Test
  void itsEndpointsAreRefusedLikeThoseOfASimulatedOne() {
    WireClient agent = agent(token("bind:*.clinic1.internal"));

    assertThat(code(agent.bind("a", "https://api.clinic2.internal", false)))
        .isEqualTo("ERR_NGROK_316");
    assertThat(code(agent.bind("a", "ftp://api.clinic1.internal", false)))
        .isEqualTo("ERR_NGROK_9036");
    assertThat(code(agent.bind("a", "https://", false))).isEqualTo("ERR_NGROK_9028");
    assertThat(agent.bind("a", API, false).path("Error").asText()).isEmpty();
    assertThat(code(agent.bind("b", API, false))).isEqualTo("ERR_NGROK_334");
    assertThat(code(agent.ask(RequestType.START_TUNNEL_WITH_LABEL, "{}"))).contains("labels");
    assertThat(online()).containsExactly(API);
    assertThat(
            client
                .get("/_simulator/agents")
                .body()
                .at("/agents/0/endpoints")
                .findValuesAsText("url"))
        .hasSize(5);
  }

  @Test
  void bindsAndUnbindsAndChanges() {
    WireClient agent = agent(token());
    String tunnel = agent.bind("b1", API, false).at("/Extra/TunnelID").asText();
    String change =
        "{\"TunnelId\": \"%s\", \"Name\": \"n\", \"PoolingEnabled\": true, \"TrafficPolicy\": %s}";

    JsonNode refused =
        agent.ask(RequestType.PATCH_TUNNEL, change.formatted(tunnel, "\"{nonsense: 1}\""));
    assertThat(code(refused)).startsWith("ERR_NGROK_");
    JsonNode changed =
        agent.ask(
            RequestType.PATCH_TUNNEL,
            change.formatted(tunnel, "\"" + DENY.replace("\"", "\\\"") + "\""));

    assertThat(changed.path("Error").asText()).isEmpty();
    assertThat(only("endpoints").path("name").asText()).isEqualTo("n");
    assertThat(only("endpoints").path("pooling_enabled").asBoolean()).isTrue();
    assertThat(only("endpoints").path("traffic_policy").asText()).isEqualTo(DENY);
    assertThat(code(agent.ask(RequestType.PATCH_TUNNEL, "{\"TunnelId\": \"tn_x\"}"))).isNotEmpty();
    assertThat(agent.ask(RequestType.UNBIND, "{\"Id\": \"b1\"}").path("Error").asText()).isEmpty();
    assertThat(online()).isEmpty();
    assertThat(agent.ask(RequestType.SERVER_INFO, "{}").path("Region").asText()).isEqualTo("us");
  }

  @Test
  void beatsAreEchoed() {
    WireClient agent = agent(token());

    WireClient.Received heart = agent.open(RequestType.HEARTBEAT, "1234");

    assertThat(new String(heart.await(4), StandardCharsets.UTF_8)).isEqualTo("1234");
    heart.answer("5678", false);
    assertThat(new String(heart.await(8), StandardCharsets.UTF_8)).isEqualTo("12345678");
  }

  @Test
  void nothingIsAnsweredBeforeTheLogin() {
    WireClient agent = agent();

    assertThat(agent.bind("b", API, false).isMissingNode()).isTrue();

    assertThat(agent.awaitEnd()).isTrue();
    assertThat(agent.away()).contains("bind before it logged in");
  }

  @ParameterizedTest
  @CsvSource({"STOP", "UPDATE", "PROXY"})
  void whatOnlyThePlatformAsksForEndsTheConnection(RequestType type) {
    WireClient agent = agent(token());

    assertThat(agent.ask(type, "{}").isMissingNode()).isTrue();

    assertThat(agent.awaitEnd()).isTrue();
    assertThat(agent.away()).contains("cannot ask for " + type.word());
  }

  @Test
  void theEndOfItsConnectionIsTheEndOfItsSession() {
    WireClient agent = agent(token());
    agent.bind("b", API, false);

    agent.close();

    await().untilAsserted(() -> assertThat(online()).isEmpty());
    assertThat(client.get("/tunnel_sessions").body().path("tunnel_sessions")).isEmpty();
  }

  @Test
  void theCookieContinuesTheSession() {
    String token = token();
    WireClient agent = agent();
    JsonNode first = agent.login(token, "", "");
    String started = only("tunnel_sessions").path("started_at").asText();
    agent.bind("b", API, false);
    clock.advance(Duration.ofSeconds(90));
    String id = first.path("ClientId").asText();
    String cookie = first.at("/Extra/Cookie").asText();

    // The platform has not noticed yet that the old connection has ended.
    WireClient again = agent();
    JsonNode second = again.login(token, id, cookie);
    assertThat(agent.awaitEnd()).isTrue();
    assertThat(again.bind("b", API, false).path("Error").asText()).isEmpty();

    assertThat(second.at("/Extra/AgentSessionID")).isEqualTo(first.at("/Extra/AgentSessionID"));
    assertThat(only("tunnel_sessions").path("started_at").asText()).isEqualTo(started);
    for (JsonNode other :
        List.of(
            agent().login(token, id, "another cookie"),
            agent().login(token, "another id", cookie),
            agent().login(token(), id, cookie))) {
      assertThat(other.at("/Extra/AgentSessionID")).isNotEqualTo(first.at("/Extra/AgentSessionID"));
    }
  }

  @Test
  void isAskedToStopAndToRestartAndNotToDoWhatItCannot() {
    WireClient agent = agent(token());
    String session = "/tunnel_sessions/" + only("tunnel_sessions").path("id").asText();

    assertThat(client.post(session + "/restart", "{}").status()).isEqualTo(204);
    WireClient.Received restart = agent.accept();
    assertThat(restart.request()).isEqualTo("4 {}");
    restart.answer("{\"Error\": \"not now\"}", true);

    assertThat(client.post(session + "/stop", "{}").status()).isEqualTo(204);
    WireClient.Received stop = agent.accept();
    assertThat(stop.request()).isEqualTo("5 {}");
    assertThat(client.get("/tunnel_sessions").body().path("tunnel_sessions")).hasSize(1);
    stop.answer("{\"Error\": \"\"}", true);
    agent.leave();

    await()
        .untilAsserted(
            () ->
                assertThat(client.get("/tunnel_sessions").body().path("tunnel_sessions"))
                    .isEmpty());
    agent(token());
    session = "/tunnel_sessions/" + only("tunnel_sessions").path("id").asText();
    assertThat(refusal(client.post(session + "/update", "{}")))
        .isEqualTo(SimulatorError.UPDATE_UNSUPPORTED.code());
  }

  @Test
  void isAskedToUpdateIfItSaysThatItCan() {
    WireClient agent = agent();
    agent.ask(
        RequestType.AUTH,
        """
        {"Version": ["3"], "Extra": {"Authtoken": "%s", "UpdateUnsupportedError": "",
         "StopUnsupportedError": "not by this agent"}}
        """
            .formatted(token()));
    String session = "/tunnel_sessions/" + only("tunnel_sessions").path("id").asText();

    assertThat(client.post(session + "/update", "{}").status()).isEqualTo(204);

    WireClient.Received update = agent.accept();
    assertThat(update.request()).isEqualTo("6 {\"Version\":\"\",\"PermitMajorVersion\":false}");
    update.answer("{\"Error\": \"not now\"}", true);
    assertThat(client.get("/tunnel_sessions").body().path("tunnel_sessions")).hasSize(1);
    assertThat(refusal(client.post(session + "/stop", "{}")))
        .isEqualTo(SimulatorError.STOP_UNSUPPORTED.code());
    assertThat(refusal(client.post(session + "/restart", "{}")))
        .isEqualTo(SimulatorError.RESTART_UNSUPPORTED.code());
  }

  @Test
  void isToldThatOneOfItsEndpointsWasStopped() {
    WireClient agent = agent(token());
    agent.bind("b1", API, false);
    String endpoint = only("endpoints").path("id").asText();
    String path = "/_simulator/agents/" + agentId() + "/endpoints/";

    assertThat(client.delete(path + "ep_unknown").status()).isEqualTo(404);
    assertThat(client.delete(path + endpoint).status()).isEqualTo(204);

    assertThat(agent.accept().request()).startsWith("9 {\"Id\":\"b1\",\"Message\":");
    assertThat(online()).isEmpty();
  }

  @Test
  void theURLsOfACrashedAgentAreHeldForOthers() {
    String token = token();
    client.send("PUT", "/_simulator/agent-crashes", "{\"hold\": \"5s\"}");
    WireClient agent = agent();
    JsonNode session = agent.login(token, "", "");
    agent.bind("a", API, false);
    agent.bind("p", "https://pool.clinic1.internal", true);

    agent.close();

    await().untilAsserted(() -> assertThat(online()).isEmpty());
    WireClient other = agent(token);
    assertThat(code(other.bind("a", API, false))).isEqualTo("ERR_NGROK_334");
    assertThat(other.bind("p", "https://pool.clinic1.internal", true).path("Error").asText())
        .isEmpty();
    WireClient same = agent();
    same.login(token, session.path("ClientId").asText(), session.at("/Extra/Cookie").asText());
    assertThat(same.bind("a", API, false).path("Error").asText()).isEmpty();
    same.close();
    await().untilAsserted(() -> assertThat(online()).doesNotContain(API));
    assertThat(code(other.bind("a", API, false))).isEqualTo("ERR_NGROK_334");
    clock.advance(Duration.ofSeconds(5));
    assertThat(other.bind("a", API, false).path("Error").asText()).isEmpty();
  }

  @Test
  void anAgentThatLeavesInOrderHoldsNothing() {
    String token = token();
    client.send("PUT", "/_simulator/agent-crashes", "{\"hold\": \"5s\"}");
    WireClient agent = agent(token);
    agent.bind("a", API, false);

    agent.leave();

    await().untilAsserted(() -> assertThat(online()).isEmpty());
    assertThat(agent(token).bind("a", API, false).path("Error").asText()).isEmpty();
  }

  @Test
  void aSimulatedAgentCrashesToo() {
    String token = token();
    client.send("PUT", "/_simulator/agent-crashes", "{\"hold\": \"5s\"}");
    String id = connect(token, API).text("id");

    assertThat(client.delete("/_simulator/agents/" + id + "?crash").status()).isEqualTo(204);

    assertThat(connect(token, API).body().at("/endpoints/0/error_code").asText())
        .isEqualTo("ERR_NGROK_334");
  }

  @Test
  void theConnectionIsCutFromOutside() {
    WireClient agent = agent(token());
    agent.bind("a", API, false);

    assertThat(client.delete("/_simulator/agents/" + agentId()).status()).isEqualTo(204);

    assertThat(agent.awaitEnd()).isTrue();
    assertThat(online()).isEmpty();
    WireClient other = agent(token());
    client.delete("/_simulator/state");
    assertThat(other.awaitEnd()).isTrue();
  }

  @Test
  void faultsHitItsMessages() {
    String token = token();
    WireClient agent = agent(token);
    fault(
        """
        {"path": "/agent-session/bind", "error_code": "ERR_NGROK_334", "msg": "busy"}
        """);
    fault("{\"path\": \"/agent-session/auth\", \"drop\": true}");

    assertThat(code(agent.bind("a", API, false))).isEqualTo("ERR_NGROK_334");
    assertThat(agent.bind("a", API, false).path("Error").asText()).isEmpty();
    WireClient dropped = agent();
    assertThat(dropped.login(token, "", "").isMissingNode()).isTrue();
    assertThat(dropped.awaitEnd()).isTrue();
    assertThat(client.get("/_simulator/requests").body().toString())
        .doesNotContain("agent-session");
  }

  @Test
  void aHeldMessageWaitsAndOthersDoNot() {
    WireClient agent = agent(token());
    fault("{\"path\": \"/agent-session/bind\", \"hold\": true}");
    WireClient.Received held =
        agent.open(
            RequestType.BIND, "{\"Proto\": \"https\", \"Opts\": {\"URL\": \"%s\"}}".formatted(API));

    WireClient.Received heart = agent.open(RequestType.HEARTBEAT, "1234");
    assertThat(heart.await(4)).hasSize(4);
    assertThat(online()).isEmpty();

    client.delete("/_simulator/faults");
    assertThat(new String(held.awaitAll(), StandardCharsets.UTF_8)).contains("\"Error\":\"\"");
    assertThat(online()).containsExactly(API);
  }

  @Test
  void aDelayedMessageIsAnsweredLaterAndOthersAreNot() {
    WireClient agent = agent(token());
    fault("{\"path\": \"/agent-session/bind\", \"delay\": \"1s\"}");
    long start = System.nanoTime();
    WireClient.Received late =
        agent.open(
            RequestType.BIND, "{\"Proto\": \"https\", \"Opts\": {\"URL\": \"%s\"}}".formatted(API));

    WireClient.Received heart = agent.open(RequestType.HEARTBEAT, "1234");
    assertThat(heart.await(4)).hasSize(4);
    assertThat(agent.ask(RequestType.SERVER_INFO, "{}").path("Region").asText()).isEqualTo("us");

    assertThat(new String(late.awaitAll(), StandardCharsets.UTF_8)).contains("\"Error\":\"\"");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(1));
    assertThat(online()).containsExactly(API);
  }

  @Test
  void aMessageWhoseAnswerIsDelayedIsCarriedOutAtOnce() {
    WireClient agent = agent(token());
    fault("{\"path\": \"/agent-session/bind\", \"delay\": \"1s\", \"after\": \"commit\"}");
    long start = System.nanoTime();
    WireClient.Received late =
        agent.open(
            RequestType.BIND, "{\"Proto\": \"https\", \"Opts\": {\"URL\": \"%s\"}}".formatted(API));

    await().untilAsserted(() -> assertThat(online()).containsExactly(API));
    assertThat(new String(late.awaitAll(), StandardCharsets.UTF_8)).contains("\"Error\":\"\"");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(1));
  }

  @Test
  void aLoginThatIsAnsweredAfterItsConnectionHasEndedLeavesNoSession() {
    String token = token();
    fault("{\"path\": \"/agent-session/auth\", \"hold\": true}");
    WireClient agent = agent();
    agent.open(
        RequestType.AUTH,
        "{\"Version\": [\"3\"], \"Extra\": {\"Authtoken\": \"%s\"}}".formatted(token));
    await().until(() -> held() == 1);
    agent.bind("too early", API, false);
    assertThat(agent.awaitEnd()).isTrue();

    client.post("/_simulator/faults/fault_1/release", "");

    await().until(() -> held() == 0);
    await()
        .during(Duration.ofMillis(500))
        .until(() -> client.get("/tunnel_sessions").body().path("tunnel_sessions").isEmpty());
  }

  private int held() {
    return client.get("/_simulator/faults").body().at("/faults/0/holding").asInt();
  }

  @Test
  void aSecondLoginEndsTheConnection() {
    String token = token();
    WireClient agent = agent(token);

    assertThat(agent.login(token, "", "").isMissingNode()).isTrue();

    assertThat(agent.awaitEnd()).isTrue();
    assertThat(agent.away()).contains("has logged in twice");
    await().until(() -> client.get("/tunnel_sessions").body().path("tunnel_sessions").isEmpty());
  }

  @Test
  void anAgentThatWasRefusedMayTryAgain() {
    WireClient agent = agent();

    assertThat(code(agent.login("nonsense", "", ""))).isEqualTo("ERR_NGROK_105");

    assertThat(agent.login(token(), "", "").path("Error").asText()).isEmpty();
  }

  @Test
  void anEndpointCannotLeaveAPoolThatHasOthers() {
    String token = token();
    WireClient one = agent(token);
    WireClient two = agent(token);
    String tunnel = one.bind("a", API, true).at("/Extra/TunnelID").asText();
    two.bind("b", API, true);
    String change = "{\"TunnelId\": \"%s\", \"PoolingEnabled\": false, \"Name\": \"n\"}";

    JsonNode refused = one.ask(RequestType.PATCH_TUNNEL, change.formatted(tunnel));

    assertThat(code(refused)).isEqualTo("ERR_NGROK_334");
    assertThat(client.get("/endpoints").body().at("/endpoints").findValuesAsText("name"))
        .containsExactlyInAnyOrder("a", "b");
    two.ask(RequestType.UNBIND, "{\"Id\": \"b\"}");
    JsonNode alone = one.ask(RequestType.PATCH_TUNNEL, change.formatted(tunnel));
    assertThat(alone.path("Error").asText()).isEmpty();
    assertThat(only("endpoints").path("pooling_enabled").asBoolean(true)).isFalse();
  }

  @Test
  void aRefusedBeatGetsNoAnswer() {
    WireClient agent = agent(token());
    fault("{\"path\": \"/agent-session/heartbeat\", \"times\": 1}");

    WireClient.Received heart = agent.open(RequestType.HEARTBEAT, "1111");
    heart.answer("2222", false);

    assertThat(new String(heart.await(4), StandardCharsets.UTF_8)).isEqualTo("2222");
  }

  @Test
  void theEdgeSendsRequestsThroughIt() throws Exception {
    usableDomain("*.api.example.com");
    publish("https://one.api.example.com", API, "on_http_request");
    WireClient agent = agent(token());
    agent.bind("b1", API, false);

    CompletableFuture<EdgeClient.Answer> visit =
        CompletableFuture.supplyAsync(
            () -> edge().withAddress("203.0.113.7").get("https://one.api.example.com/x"));
    WireClient.Received request = agent.accept();

    assertThat(request.proxyHeader().path("Id").asText()).isEqualTo("b1");
    assertThat(request.proxyHeader().path("ClientAddr").asText()).startsWith("203.0.113.7:");
    assertThat(request.proxyHeader().path("Proto").asText()).isEqualTo("https");
    assertThat(request.proxyHeader().path("PassthroughTLS").asBoolean(true)).isFalse();
    assertThat(request.payload(16)).startsWith("GET /x HTTP/1.1\r");
    request.answer(OK, false);
    assertThat(visit.get().body()).isEqualTo("answer");

    agent.close();
    await().untilAsserted(() -> assertThat(online()).doesNotContain(API));
    assertThat(edge().get("https://one.api.example.com/x").body()).contains("ERR_NGROK_3200");
  }

  @Test
  void theEdgeCarriesConnectionsWithTheirPROXYHeaders() throws Exception {
    Answer address = created("/reserved_addrs");
    String url = "tcp://" + address.text("addr");
    publish(url, "tcp://db.clinic1.internal:5432", "on_tcp_connect");
    WireClient agent = agent(token());
    agent.ask(
        RequestType.BIND,
        """
        {"Id": "b1", "Proto": "tcp",
         "Opts": {"URL": "tcp://db.clinic1.internal:5432", "ProxyProto": 1}}
        """);

    try (Socket visitor = edge().withAddress("203.0.113.7").connect(url)) {
      visitor.getOutputStream().write("hello".getBytes(StandardCharsets.UTF_8));
      WireClient.Received connection = agent.accept();
      assertThat(connection.proxyHeader().path("EdgeType").asText()).isEqualTo("1");
      assertThat(connection.proxyHeader().path("PassthroughTLS").asBoolean(true)).isFalse();
      String header = "PROXY TCP4 203.0.113.7 192.0.2.1 40000 443\r\n";
      assertThat(connection.payload(header.length() + 5)).isEqualTo(header + "hello");
      connection.answer("bye", true);
      assertThat(new String(visitor.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .isEqualTo("bye");
    }
  }

  @Test
  void theEdgeSaysThatTheBytesAreTheClientsOwnTLS() throws Exception {
    usableDomain("*.api.example.com");
    String url = "tls://one.api.example.com";
    publish(url, "tls://ldap.clinic1.internal", "on_tcp_connect");
    WireClient agent = agent(token());
    agent.bind("b1", "tls://ldap.clinic1.internal", false);

    CompletableFuture<EdgeClient.Answer> visit =
        CompletableFuture.supplyAsync(() -> edge().get(url));
    WireClient.Received connection = agent.accept();

    assertThat(connection.proxyHeader().path("PassthroughTLS").asBoolean()).isTrue();
    assertThat(connection.proxyHeader().path("EdgeType").asText()).isEqualTo("2");
    // The first bytes of a TLS handshake.
    assertThat(connection.payload(2)).startsWith("\u0016\u0003");
    connection.answer("no TLS at all", true);
    assertThat(visit.get().outcome()).isEqualTo("handshake failed");
  }

  @Test
  void theEndOfTheSessionCutsItsConnections() throws Exception {
    Answer address = created("/reserved_addrs");
    String url = "tcp://" + address.text("addr");
    publish(url, "tcp://db.clinic1.internal:5432", "on_tcp_connect");
    WireClient agent = agent(token());
    agent.bind("b1", "tcp://db.clinic1.internal:5432", false);

    try (Socket visitor = edge().withAddress("203.0.113.7").connect(url)) {
      agent.accept().answer("x", false);
      assertThat(visitor.getInputStream().read()).isEqualTo('x');

      client.delete("/_simulator/agents/" + agentId());

      assertThat(ended(visitor)).isTrue();
    }
  }

  private static boolean ended(Socket visitor) {
    try {
      return visitor.getInputStream().read() < 0;
    } catch (IOException reset) {
      return true;
    }
  }

  private void publish(String url, String internal, String phase) {
    created(
        "/endpoints",
        "url",
        url,
        "traffic_policy",
        """
        {"%s": [{"actions": [{"type": "forward-internal", "config": {"url": "%s"}}]}]}
        """
            .formatted(phase, internal));
  }

  private EdgeClient edge() {
    JsonNode view = client.get("/_simulator/edge").body();
    Map<String, InetSocketAddress> addresses = new HashMap<>();
    for (JsonNode endpoint : view.path("endpoints")) {
      String address = endpoint.path("address").asText();
      addresses.put(
          endpoint.path("url").asText(),
          new InetSocketAddress(
              InetAddress.getLoopbackAddress(),
              Integer.parseInt(address.substring(address.indexOf(':') + 1))));
    }
    return EdgeClient.of(() -> addresses, view.path("certificate_authority").asText());
  }
}
