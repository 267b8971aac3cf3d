package dev.clinicnet.operator.agentapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.clinicnet.simulator.TestAuthority;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OkHttpAgentApiTest {
  private static final String URL = "https://web.c.internal";
  private static final StartedEndpoint WEB =
      new StartedEndpoint("web", URL, "http://10.0.0.1:3001", null, "hash");
  private static final String NOTHING = "{\"endpoints\":[]}";
  private static final String RUNNING =
      "{\"endpoints\":[{\"name\":\"web\",\"url\":\"https://web.c.internal\","
          + "\"upstream\":{\"url\":\"%s\",\"protocol\":\"http1\"}}]}";
  private static final String STARTED = "{\"name\":\"web\",\"url\":\"https://web.c.internal\"}";

  private StubAgent agent;
  private AgentApis apis;
  private AgentApi api;

  @BeforeEach
  void open() throws Exception {
    agent = new StubAgent().answering("GET /api/endpoints", 200, NOTHING);
    apis = agent.apis();
    api = apis.of(agent.login());
  }

  @AfterEach
  void close() {
    apis.close();
    agent.close();
  }

  @Test
  void showsCertificateAndPasswordUnderThePublicHost() {
    agent.answering("GET /api/status", 200, "{\"agent_version\":\"3.39.7\"}");

    assertThat(api.version()).isEqualTo("3.39.7");

    String password = "clinic-operator:" + StubAgent.PASSWORD.reveal();
    assertThat(agent.headers())
        .containsExactly(
            StubAgent.HOST
                + " Basic "
                + Base64.getEncoder().encodeToString(password.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void startsWhatIsNotThereInTheWordsOfVersion3() {
    agent.answering("POST /api/endpoints", 201, STARTED);

    api.start(WEB);

    assertThat(agent.requests())
        .containsExactly(
            "GET /api/endpoints",
            "POST /api/endpoints {\"name\":\"web\",\"url\":\"https://web.c.internal\","
                + "\"upstream\":{\"url\":\"http://10.0.0.1:3001\"},\"pooling_enabled\":false,"
                + "\"metadata\":\"hash\"}");
  }

  @Test
  void leavesWhatIsTheSameAndReplacesWhatIsNot() {
    agent.answering("GET /api/endpoints", 200, RUNNING.formatted("http://10.0.0.1:3001"));
    api.start(WEB);
    assertThat(agent.requests()).containsExactly("GET /api/endpoints");
    assertThat(api.endpoints())
        .containsExactly(new RunningEndpoint("web", URL, "http://10.0.0.1:3001", "http1"));

    agent
        .answering("GET /api/endpoints", 200, RUNNING.formatted("http://10.0.0.2:80"))
        .answering("DELETE /api/endpoints/web", 204, "")
        .answering("POST /api/endpoints", 201, STARTED)
        .requests()
        .clear();
    api.start(WEB);
    assertThat(agent.requests().subList(1, 3))
        .satisfiesExactly(
            delete -> assertThat(delete).isEqualTo("DELETE /api/endpoints/web"),
            post -> assertThat(post).startsWith("POST /api/endpoints "));
    StartedEndpoint http2 = new StartedEndpoint("web", URL, "http://10.0.0.2:80", "http2", "hash");
    agent.requests().clear();
    api.start(http2);
    assertThat(agent.requests()).hasSize(3);
  }

  @Test
  void stopsWhatIsThereAndNothingElse() {
    api.stop("web");
    assertThat(agent.requests()).containsExactly("GET /api/endpoints");

    agent
        .answering("GET /api/endpoints", 200, RUNNING.formatted("x"))
        .answering("DELETE /api/endpoints/web", 204, "");
    api.stop("web");
    assertThat(agent.requests()).last().isEqualTo("DELETE /api/endpoints/web");

    // Somebody was faster.
    agent.answering("DELETE /api/endpoints/web", 404, "{\"status_code\":404}");
    api.stop("web");
  }

  @Test
  void speaksOfTunnelsToAnOldAgent() {
    agent
        .answering("GET /api/endpoints", 404, "{\"status_code\":404}")
        .answering("GET /api/tunnels", 200, "{\"tunnels\":[]}")
        .answering("POST /api/tunnels", 201, "{\"public_url\":\"" + URL + "\"}");

    api.start(WEB);

    assertThat(agent.requests())
        .containsExactly(
            "GET /api/endpoints",
            "GET /api/tunnels",
            "POST /api/tunnels {\"name\":\"web\",\"proto\":\"http\","
                + "\"addr\":\"http://10.0.0.1:3001\",\"schemes\":[\"https\"],"
                + "\"domain\":\"web.c.internal\",\"metadata\":\"hash\"}");
    agent
        .answering(
            "GET /api/tunnels",
            200,
            "{\"tunnels\":[{\"name\":\"web\",\"public_url\":\""
                + URL
                + "\",\"config\":{\"addr\":\"http://10.0.0.1:3001\"}}]}")
        .answering("DELETE /api/tunnels/web", 204, "")
        .requests()
        .clear();
    api.start(WEB);
    assertThat(agent.requests()).doesNotContain("DELETE /api/tunnels/web");
    api.stop("web");
    assertThat(agent.requests()).last().isEqualTo("DELETE /api/tunnels/web");
  }

  @ParameterizedTest
  @CsvSource({
    "http://web.c.internal, http://u:1, '\"proto\":\"http\",\"addr\":\"http://u:1\",\"schemes\":[\"http\"],\"domain\":\"web.c.internal\"'",
    "tcp://db.c.internal:5432, tcp://u:1, '\"proto\":\"tcp\",\"addr\":\"u:1\",\"remote_addr\":\"db.c.internal:5432\"'",
    "tls://db.c.internal, tcp://u:1, '\"proto\":\"tls\",\"addr\":\"u:1\",\"domain\":\"db.c.internal\"'",
    "https://web.c.internal:8443, https://u:1, '\"schemes\":[\"https\"],\"domain\":\"web.c.internal:8443\"'"
  })
  void hasWordsForEveryProtocol(String url, String upstream, String words) {
    agent
        .answering("GET /api/endpoints", 404, "")
        .answering("GET /api/tunnels", 200, "{\"tunnels\":[]}")
        .answering("POST /api/tunnels", 201, "{\"public_url\":\"" + url + "\"}");

    api.start(new StartedEndpoint("web", url, upstream, null, "hash"));

    assertThat(agent.requests()).last().asString().contains(words);
  }

  @Test
  void whatAnOldAgentCannotBeToldIsNotAskedOfIt() {
    agent
        .answering("GET /api/endpoints", 404, "")
        .answering("GET /api/tunnels", 200, "{\"tunnels\":[]}");

    for (StartedEndpoint untold :
        List.of(
            new StartedEndpoint("web", URL, "http://u:1", "http2", "hash"),
            new StartedEndpoint("db", "tcp://db.c.internal:1", "tls://u:1", null, "hash"))) {
      assertThat(failure(() -> api.start(untold)).failure()).isEqualTo(AgentApiFailure.UNSUPPORTED);
    }
    assertThat(agent.requests()).noneMatch(request -> request.startsWith("POST"));
  }

  @Test
  void whatAnOldAgentOpensInsteadIsClosedAtOnce() {
    agent
        .answering("GET /api/endpoints", 404, "")
        .answering("GET /api/tunnels", 200, "{\"tunnels\":[]}")
        .answering("POST /api/tunnels", 201, "{\"public_url\":\"https://random.ngrok.app\"}")
        .answering("DELETE /api/tunnels/web", 204, "");

    assertThat(failure(() -> api.start(WEB)).failure()).isEqualTo(AgentApiFailure.UNSUPPORTED);

    assertThat(agent.requests()).last().isEqualTo("DELETE /api/tunnels/web");
  }

  @ParameterizedTest
  @CsvSource({
    "404, ERR_NGROK_3200, UNREACHABLE",
    "502, ERR_NGROK_8012, UNREACHABLE",
    "401, no, REFUSED",
    "403, no, REFUSED",
    "429, slow down, UNREACHABLE",
    "302, https://elsewhere.example.com/, UNREACHABLE",
    "503, not connected, UNREACHABLE",
    "200, hello, UNREACHABLE"
  })
  void tellsWhatToDoAboutAFailure(int status, String body, AgentApiFailure failure) {
    agent.answering("GET /api/endpoints", status, body);

    assertThat(failure(() -> api.stop("web")).failure()).isEqualTo(failure);
    assertThat(agent.requests()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "502, ERR_NGROK_316, INVALID",
    "502, ERR_NGROK_334, UNREACHABLE",
    "400, nothing, INVALID",
    "503, nothing, UNREACHABLE"
  })
  void passesOnWhyThePlatformRefused(int status, String err, AgentApiFailure failure) {
    agent.answering(
        "POST /api/endpoints",
        status,
        "{\"error_code\":103,\"msg\":\"s3cret\",\"details\":{\"err\":\"s3cret " + err + "\"}}");

    AgentApiException e = failure(() -> api.start(WEB));

    assertThat(e.failure()).isEqualTo(failure);
    assertThat(e.code()).isEqualTo(err.startsWith("ERR") ? err : null);
    assertThat(e).hasMessageNotContaining("s3cret").hasNoCause();
  }

  @Test
  void anAgentThatHoldsTheNameAnywayIsAskedAgainLater() {
    agent.answering("GET /api/endpoints", 200, RUNNING.formatted("http://10.0.0.2:80"));
    agent
        .answering("DELETE /api/endpoints/web", 204, "")
        .answering("POST /api/endpoints", 400, "{\"error_code\":102}");

    assertThat(failure(() -> api.start(WEB)).failure()).isEqualTo(AgentApiFailure.ALREADY_STARTED);
  }

  @Test
  void theCertificateOfAnotherIsRefused() {
    AgentLogin other = new AgentLogin(StubAgent.HOST, StubAgent.client(), StubAgent.PASSWORD);

    AgentApiException e = failure(() -> apis.of(other).version());

    assertThat(e.failure()).isIn(AgentApiFailure.REFUSED, AgentApiFailure.UNREACHABLE);
    assertThat(agent.requests()).isEmpty();
  }

  @Test
  void aServerThatNobodyVouchesForLearnsNothing() {
    try (AgentApis suspicious = agent.apis(new TestAuthority("Others").pem())) {
      AgentApiException e = failure(() -> suspicious.of(agent.login()).version());

      assertThat(e.failure()).isEqualTo(AgentApiFailure.UNREACHABLE);
      assertThat(e.getMessage()).contains("no secure connection");
      assertThat(agent.requests()).isEmpty();
    }
  }

  @Test
  void anAgentThatIsNotThereCannotBeReached() {
    agent.close();

    assertThatThrownBy(() -> api.version())
        .isInstanceOf(AgentApiException.class)
        .hasMessageContaining("no connection can be opened")
        .hasMessageNotContaining(StubAgent.PASSWORD.reveal());
    assertThat(agent.login().toString()).doesNotContain(StubAgent.PASSWORD.reveal(), "PRIVATE");
  }

  private static AgentApiException failure(ThrowingCallable call) {
    return catchThrowableOfType(AgentApiException.class, call);
  }
}
