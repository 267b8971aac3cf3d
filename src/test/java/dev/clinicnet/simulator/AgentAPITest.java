package dev.clinicnet.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clinicnet.simulator.SimulatorClient.Answer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The local API of an agent, called directly. */
class AgentAPITest extends AgentSite {

  @Test
  void tellsItsStatus() {
    Answer status = get("/api/status");

    assertThat(status.status()).isEqualTo(200);
    assertThat(status.text("status")).isEqualTo("online");
    assertThat(status.text("agent_version")).isEqualTo("3.39.7");
    assertThat(status.text("uri")).isEqualTo("/api/status");
    assertThat(status.body().at("/session/legs/0/region").asText()).isEqualTo("us");
    assertThat(status.body().at("/session/legs/0").has("latency")).isTrue();
  }

  @Test
  void showsTheEndpointsOfTheFile() {
    JsonNode list = get("/api/endpoints").body();

    assertThat(list.properties()).extracting(Map.Entry::getKey).containsExactly("endpoints");
    JsonNode only = list.at("/endpoints/0");
    assertThat(list.get("endpoints")).hasSize(1);
    assertThat(only.fieldNames())
        .toIterable()
        .containsExactly(
            "name", "uri", "url", "upstream", "inspect", "traffic_policy", "pooling_enabled");
    assertThat(only.at("/uri").asText()).isEqualTo("/api/endpoints/agent-api");
    assertThat(only.at("/upstream/url").asText()).isEqualTo("http://localhost:4040");
    assertThat(only.at("/traffic_policy").isTextual()).isTrue();
    assertThat(only.at("/inspect").asBoolean()).isFalse();
  }

  @Test
  void startsShowsAndStopsAnEndpoint() {
    Answer started =
        api(
            "POST",
            "/api/endpoints",
            """
            {"name": "web", "url": "https://web.clinic1.internal:443", "pooling_enabled": true,
             "upstream": {"url": "http://10.0.0.9:3000", "protocol": "http1"}, "metadata": "m",
             "traffic_policy": "on_http_request: [{actions: [{type: deny}]}]"}
            """);

    assertThat(started.status()).isEqualTo(201);
    assertThat(started.text("url")).isEqualTo("https://web.clinic1.internal");
    assertThat(started.text("traffic_policy"))
        .isEqualTo("on_http_request: [{actions: [{type: deny}]}]");
    assertThat(started.body().get("pooling_enabled").asBoolean()).isTrue();
    assertThat(started.body().at("/metrics/conns/gauge").asInt(-1)).isZero();
    assertThat(started.body().at("/metrics/http/p99").asInt(-1)).isZero();
    Answer shown = get("/api/endpoints/web");
    assertThat(shown.status()).isEqualTo(200);
    assertThat(shown.body()).isEqualTo(started.body());
    JsonNode row = client.get("/endpoints").body().at("/endpoints/0");
    assertThat(row.path("metadata").asText()).isEqualTo("m");
    assertThat(row.path("upstream_url").asText()).isEqualTo("http://10.0.0.9:3000");
    assertThat(row.at("/tunnel_session/id").asText()).isEqualTo(agent.text("session_id"));

    assertThat(api("DELETE", "/api/endpoints/web", null).status()).isEqualTo(204);

    assertThat(online()).containsExactly("https://agent-api.clinic1.internal");
    assertThat(error(get("/api/endpoints/web"))).startsWith("404/100");
    assertThat(error(api("DELETE", "/api/endpoints/web", null))).startsWith("404/100");
  }

  @Test
  void putsAnEndpointInPlaceOfAnother() {
    String body = "{\"url\": \"https://web.clinic1.internal\", \"upstream\": {\"url\": \"%s\"}}";
    assertThat(api("PUT", "/api/endpoints/web", body.formatted("80")).status()).isEqualTo(201);
    Answer updated = api("PUT", "/api/endpoints/web", body.formatted("81"));
    assertThat(updated.status()).isEqualTo(200);
    assertThat(updated.body().at("/upstream/url").asText()).isEqualTo("81");
    assertThat(online()).hasSize(2);

    // An endpoint that the agent shows can be sent back unchanged.
    assertThat(api("PUT", "/api/endpoints/web", withoutMetrics(get("/api/endpoints/web"))).status())
        .isEqualTo(200);
    Answer refused =
        api(
            "PUT",
            "/api/endpoints/web",
            "{\"url\": \"https://web.clinic2.internal\", \"upstream\": {\"url\": \"82\"}}");
    assertThat(error(refused)).startsWith("502/103").endsWith("ERR_NGROK_316");
    assertThat(get("/api/endpoints/web").body().at("/upstream/url").asText()).isEqualTo("81");
    assertThat(online()).contains("https://web.clinic1.internal");
    assertThat(error(api("PUT", "/api/endpoints/other", WEB))).contains("400/102 'name'");
  }

  private static String withoutMetrics(Answer shown) {
    return shown.body().<ObjectNode>deepCopy().without("metrics").toString();
  }

  @Test
  void refusesATakenName() {
    assertThat(api("POST", "/api/endpoints", WEB).status()).isEqualTo(201);

    String other = WEB.replace("web.clinic1", "other.clinic1");
    assertThat(error(api("POST", "/api/endpoints", other)))
        .isEqualTo("400/102 tunnel \"web\" already exists");
    String tunnel = "{\"name\": \"web\", \"proto\": \"tcp\", \"addr\": 80}";
    assertThat(error(api("POST", "/api/tunnels", tunnel)))
        .isEqualTo("400/102 tunnel \"web\" already exists");
    assertThat(online()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{'name': 'a', 'url': 'https://a.clinic2.internal'};               ERR_NGROK_316",
        "{'name': 'a', 'url': 'tcp://1.tcp.ngrok.io:20000'};               ERR_NGROK_308",
        "{'name': 'a', 'url': 'https://agent-api.clinic1.internal'};       ERR_NGROK_334",
        "{'name': 'a', 'url': 'https://a.clinic1.internal', 'traffic_policy': 'x: []'}; ERR_NGROK_9026",
        "{'name': 'a', 'url': ''};                                         ERR_NGROK_9028",
      })
  void passesOnWhyThePlatformRefuses(String members, String code) {
    String body = "{\"upstream\": {\"url\": \"80\"}, " + members(members);

    Answer answer = api("POST", "/api/endpoints", body);

    assertThat(error(answer)).startsWith("502/103 ").endsWith(code);
    assertThat(answer.text("msg")).isEqualTo("failed to start tunnel");
    assertThat(get("/api/endpoints/a").status()).isEqualTo(404);
    assertThat(online()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "/api/endpoints; [];                                                  JSON object",
        "/api/endpoints; {'name': ;                                           JSON object",
        "/api/endpoints; {'url': 'https://a.internal', 'upstream': {'url': '80'}}; 'name'",
        "/api/endpoints; {'name': 'a'};                                       'upstream.url'",
        "/api/endpoints; {'name': 'a', 'upstream': {'url': '80'}, 'x': 1};    'x'",
        "/api/endpoints; {'name': 'a', 'upstream': {'url': '80'}, 'traffic_policy': {}}; string",
        "/api/endpoints; {'name': 'a', 'upstream': {'url': '80'}, 'inspect': 1}; 'inspect'",
        "/api/tunnels;   {'name': 'a', 'addr': 80};                           'proto'",
        "/api/tunnels;   {'name': 'a', 'proto': 'tcp'};                       'addr'",
        "/api/tunnels;   {'addr': 80, 'proto': 'tcp'};                        'name'",
        "/api/tunnels;   {'name': 1, 'addr': 80, 'proto': 'tcp'};             'name'",
        "/api/tunnels;   {'name': 'a', 'addr': 80, 'proto': 'http', 'schemes': 'x'}; 'schemes'",
        "/api/tunnels;   {'name': 'a', 'addr': 80, 'proto': 'tcp', 'traffic_policy': ''}; map",
        "/api/tunnels;   {'name': 'a', 'addr': 80, 'proto': 'tcp', 'options': 1}; options not found",
      })
  void refusesWhatIsMalformed(String path, String body, String problem) {
    Answer answer = api("POST", path, body.replace('\'', '"'));

    assertThat(error(answer)).startsWith("400/102 ").contains(problem);
    assertThat(answer.text("msg")).isEqualTo("invalid tunnel configuration");
  }

  @Test
  void wantsJson() {
    String url = url(agent, "/api/endpoints");

    assertThat(error(client.send("POST", url, WEB, Map.of()))).startsWith("415/100");
    String large = "{\"name\": \"" + "x".repeat(1 << 20) + "\"}";
    assertThat(error(api("POST", "/api/endpoints", large))).startsWith("400/102").contains("1 MiB");
  }

  @Test
  void speaksOfTunnelsToo() {
    Answer started =
        api(
            "POST",
            "/api/tunnels",
            """
            {"name": "db 1", "proto": "tcp", "addr": 5432,
             "remote_addr": "db.clinic1.internal:5432"}
            """);

    assertThat(started.status()).isEqualTo(201);
    assertThat(started.text("uri")).isEqualTo("/api/tunnels/db%201");
    assertThat(started.text("public_url")).isEqualTo("tcp://db.clinic1.internal:5432");
    assertThat(started.text("proto")).isEqualTo("tcp");
    assertThat(started.body().get("config"))
        .isEqualTo(SimulatorClient.object("addr", "localhost:5432", "inspect", false));
    assertThat(started.body().at("/metrics/conns/count").asInt(-1)).isZero();
    assertThat(get("/api/tunnels/db%201").body()).isEqualTo(started.body());
    JsonNode list = get("/api/tunnels").body();
    assertThat(list.findValuesAsText("name")).containsExactly("agent-api", "db 1");
    assertThat(list.path("uri").asText()).isEqualTo("/api/tunnels");
    assertThat(get("/api/endpoints").body().get("endpoints")).hasSize(2);
    assertThat(api("DELETE", "/api/tunnels/db%201", null).status()).isEqualTo(204);
    assertThat(error(get("/api/tunnels/db%201"))).startsWith("404/100");
    assertThat(online()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{'proto': 'http', 'domain': 'a.clinic1.internal'};                   https://a.clinic1.internal",
        "{'proto': 'http', 'hostname': 'a.clinic1.internal', 'schemes': ['http']}; http://a.clinic1.internal",
        "{'proto': 'tls', 'domain': 'a.clinic1.internal', 'proxy_proto': '1'}; tls://a.clinic1.internal",
        "{'proto': 'http', 'url': 'https://a.clinic1.internal', 'traffic_policy': {}}; https://a.clinic1.internal",
      })
  void readsTunnelsAsInFilesOfVersion2(String members, String url) {
    String body = "{\"name\": \"a\", \"addr\": \"10.0.0.9:80\", " + members(members);

    assertThat(api("POST", "/api/tunnels", body).text("public_url")).isEqualTo(url);
    assertThat(online()).contains(url);
  }

  /** The members of an object in single quotes, with its end. */
  private static String members(String object) {
    return object.substring(1).replace('\'', '"');
  }

  @Test
  void saysWhatIsNotModelled() {
    String twice =
        "{\"name\": \"a\", \"addr\": 80, \"proto\": \"http\", \"schemes\": [\"http\", \"https\"]}";
    assertThat(error(api("POST", "/api/tunnels", twice))).startsWith("501/100");
    String oauth = "{\"name\": \"a\", \"addr\": 80, \"proto\": \"http\", \"oauth\": {}}";
    assertThat(error(api("POST", "/api/tunnels", oauth))).startsWith("501").contains("oauth");
    assertThat(error(api("POST", "/api/requests/http", "{\"id\": \"1\"}"))).startsWith("501");
  }

  @Test
  void keepsNoRequestsUnlessItsFileHasIt() {
    assertThat(get("/api/requests/http").body())
        .isEqualTo(SimulatorClient.object("uri", "/api/requests/http", "requests", List.of()));
    assertThat(get("/api/requests/http/1").status()).isEqualTo(404);
    assertThat(api("DELETE", "/api/requests/http", null).status()).isEqualTo(204);
    Answer curious = agent("version: 3\nagent: {authtoken: %s}\n".formatted(token), "");
    assertThat(error(api(curious, "GET", "/api/requests/http", null))).startsWith("501");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api", "/api/nothing", "/", "/inspect/http", "/api/endpoints/a/b"})
  void knowsNothingElse(String path) {
    assertThat(error(get(path))).startsWith("404/100");
  }

  @Test
  void isOffWhereTheFileSwitchesItOff() {
    Answer silent =
        agent("version: 3\nagent: {authtoken: %s, web_addr: false}\n".formatted(token), "");

    assertThat(silent.body().has("api_port")).isFalse();
    assertThat(client.get("/_simulator/agents").body().findValues("api_port")).hasSize(1);
  }
}
