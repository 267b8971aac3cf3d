package dev.clinicnet.operator.it.converge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpServer;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.simulator.edge.EdgeClient;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.Site;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Internal endpoints of one name form a pool, no matter which agent has bound them: names are
 * account-wide (documented). Two clinics with a bare {@code api.internal} mix; ours cannot.
 */
@SuppressWarnings("try") // An operator only has to run.
class PoolsIT extends InOneNamespace {
  private static final int REQUESTS = 64;
  private static final String HOST = "10.0.0.1:8080";
  private static final String FORWARD =
      """
      {"on_http_request": [{"actions":
        [{"type": "forward-internal", "config": {"url": "https://api.internal"}}]}]}
      """;
  private static final String AGENT =
      """
      version: 3
      agent: {authtoken: %s}
      endpoints:
        - {name: api, url: "%s", pooling_enabled: true, upstream: {url: "http://10.0.0.1:8080"}}
      """;

  private HttpServer north;
  private HttpServer south;

  @BeforeEach
  void openSites() throws IOException {
    north = site("north");
    south = site("south");
  }

  @AfterEach
  void closeSites() {
    north.stop(0);
    south.stop(0);
  }

  @Test
  void twoClinicsWithABareNameMix() {
    // Given
    account.call("POST", "/reserved_domains", "{\"domain\": \"*.api.example.com\"}");
    connect(token(), "https://api.internal", north);
    connect(token(), "https://api.internal", south);
    String url = "https://north.api.example.com";
    account.call(
        "POST",
        "/endpoints",
        JsonNodeFactory.instance
            .objectNode()
            .put("type", "cloud")
            .put("url", url)
            .put("traffic_policy", FORWARD)
            .toString());

    // When, Then
    assertThat(answers(url)).containsExactlyInAnyOrder("north", "south");
  }

  @Test
  void oursCannot() {
    // Given
    manifests.applyText(Site.all("north") + "---\n" + clinic("south"));
    try (ClinicOperator operator = watchfulOperator().start()) {
      manifests.awaitAllReady();
      JsonNode first = account.connectAgent(manifests.file("north-site-kit", "ngrok.yml"));
      JsonNode second = account.connectAgent(manifests.file("south-site-kit", "ngrok.yml"));
      account.upstream(first, HOST, north.getAddress());
      account.upstream(second, HOST, south.getAddress());

      // When
      String southToken = manifests.file("south-site-kit", "authtoken");
      JsonNode bare = connect(southToken, "https://api.internal", south);
      JsonNode stolen = connect(southToken, "https://north-api.north.internal", south);

      // Then
      assertThat(refusal(bare)).isEqualTo("ERR_NGROK_316");
      assertThat(refusal(stolen)).isEqualTo("ERR_NGROK_316");
      manifests.awaitService("north-api", ConditionType.AgentOnline, "EndpointBound");
      assertThat(answers("https://north.api.example.com")).containsExactly("north");
      assertThat(answers("https://south.api.example.com")).containsExactly("south");
    }
  }

  private static String clinic(String name) {
    return Site.clinic(name) + "---\n" + Site.api(name);
  }

  private Set<String> answers(String url) {
    EdgeClient client =
        EdgeClient.of(() -> Map.of(url, account.edge(url, "203.0.113.7")), account.edgeAuthority());
    return IntStream.range(0, REQUESTS)
        .mapToObj(i -> client.get(url + "/api").body())
        .collect(Collectors.toSet());
  }

  private JsonNode connect(String token, String url, HttpServer site) {
    JsonNode agent = account.connectAgent(AGENT.formatted(token, url));
    account.upstream(agent, HOST, site.getAddress());
    return agent;
  }

  private String token() {
    return account.call("POST", "/credentials", "{}").path("token").asText();
  }

  private static String refusal(JsonNode agent) {
    return agent.path("endpoints").path(0).path("error_code").asText();
  }

  private static HttpServer site(String name) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            byte[] body = name.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
          }
        });
    server.start();
    return server;
  }
}
