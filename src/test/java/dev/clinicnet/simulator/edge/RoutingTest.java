package dev.clinicnet.simulator.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** To which endpoint and which upstream a request goes. */
class RoutingTest {
  private final TestAccount account = new TestAccount();
  private final Map<String, HTTPUpstream> upstreams = new HashMap<>();
  private Edge edge;
  private EdgeClient client;

  @BeforeEach
  void start() throws Exception {
    edge = Edge.start(account);
    client = EdgeClient.of(edge);
  }

  @AfterEach
  void stop() {
    edge.close();
    upstreams.values().forEach(HTTPUpstream::close);
  }

  @ParameterizedTest
  @CsvSource({
    "ris.example.com, exact",
    "a.example.com, wide",
    "a.b.example.com, wide",
    "a.clinic.example.com, narrow",
    "a.b.clinic.example.com, narrow",
    "clinic.example.com, wide",
  })
  void theMostSpecificNameWins(String host, String name) throws Exception {
    for (String scheme : new String[] {"http", "https"}) {
      agent(scheme + "://*.example.com", "wide");
      agent(scheme + "://ris.example.com", "exact");
      agent(scheme + "://*.clinic.example.com", "narrow");

      assertThat(client.get(scheme + "://" + host + "/").body()).startsWith(name + "\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"example.com", "other.example.org", "xexample.com"})
  void whatNoNameCoversIsOffline(String host) throws Exception {
    for (String scheme : new String[] {"http", "https"}) {
      agent(scheme + "://*.example.com", "wide");

      EdgeClient.Answer answer = client.get(scheme + "://" + host + "/");

      assertThat(answer.outcome()).isEqualTo("404");
      assertThat(answer.body()).contains("ERR_NGROK_3200").contains(host);
      assertThat(answer.headers()).containsEntry("ngrok-error-code", "ERR_NGROK_3200");
    }
  }

  @Test
  void internalEndpointsAreNotReachedFromOutside() throws Exception {
    agent("https://ris.internal", "ris");
    agent("https://ris.example.com", "public");

    assertThat(edge.addresses()).containsOnlyKeys("https://ris.example.com");
    assertThat(client.get("https://ris.internal/").outcome()).isEqualTo("404");
  }

  @ParameterizedTest
  @CsvSource({
    "https://ris.internal, exact",
    "HTTPS://RIS.Internal:443/, exact",
    "http://ris.internal, plain",
    "https://ris.internal:8443, port",
    "https://a.site.internal, wild",
    "https://pacs.internal, ERR_NGROK_3200",
    "http://ris.internal:81, ERR_NGROK_3200",
    "tcp://ris.internal:443, ERR_NGROK_3200",
    "https://ris.example.com, ERR_NGROK_3200",
    "ris.internal, ERR_NGROK_3200",
  })
  void internalEndpointsAreFoundByTheirURL(String url, String found) throws Exception {
    account.cloud("https://ris.example.com", Policies.forwardRequests(url));
    agent("https://ris.internal", "exact");
    agent("http://ris.internal", "plain");
    agent("https://ris.internal:8443", "port");
    agent("https://*.site.internal", "wild");

    assertThat(client.get("https://ris.example.com/").body()).contains(found);
  }

  @Test
  void aPoolMixesItsMembers() throws Exception {
    account.cloud("https://ris.example.com", Policies.forwardRequests("https://ris.internal"));
    agent("https://ris.internal", "one");
    agent("https://ris.internal", "two");

    Map<String, Integer> answers = new TreeMap<>();
    for (int i = 0; i < 60; i++) {
      String body = client.get("https://ris.example.com/").body();
      answers.merge(body.substring(0, body.indexOf('\n')), 1, Integer::sum);
    }
    assertThat(answers).containsOnlyKeys("one", "two");
  }

  @ParameterizedTest
  @CsvSource({"5, 200", "6, 502"})
  void forwardingHasAnEnd(int hops, String outcome) throws Exception {
    account.cloud("https://ris.example.com", Policies.forwardRequests("https://h1.internal"));
    for (int i = 1; i < hops; i++) {
      account.cloud(
          "https://h%d.internal".formatted(i),
          Policies.forwardRequests("https://h%d.internal".formatted(i + 1)));
    }
    agent("https://h%d.internal".formatted(hops), "end");

    EdgeClient.Answer answer = client.get("https://ris.example.com/");

    assertThat(answer.outcome()).isEqualTo(outcome);
    assertThat(answer.body()).contains(outcome.equals("200") ? "end" : "ERR_NGROK_3501");
  }

  @Test
  void theTargetsOwnPolicyDecidesToo() throws Exception {
    account.cloud("https://ris.example.com", Policies.forwardRequests("https://ris.internal"));
    try (HTTPUpstream upstream = HTTPUpstream.named("ris")) {
      account.agent(
          "https://ris.internal",
          """
          on_http_request:
            - expressions: ["req.url.path != '/api'"]
              actions: [{type: deny, config: {status_code: 418}}]
          """,
          TestAccount.upstream("s1", upstream.address()));

      assertThat(client.get("https://ris.example.com/api").outcome()).isEqualTo("200");
      assertThat(client.get("https://ris.example.com/admin").outcome()).isEqualTo("418");
    }
  }

  @Test
  void aCloudEndpointHasToEnd() {
    account.cloud("https://ris.example.com", Policies.forwardRequests("https://ris.internal"));
    account.cloud("https://ris.internal", "");

    EdgeClient.Answer answer = client.get("https://ris.example.com/");

    assertThat(answer.outcome()).isEqualTo("502");
    assertThat(answer.body()).contains("ERR_NGROK_6029");
  }

  @Test
  void anUpstreamThatIsDownIsAnErrorOfTheRuleThatForwards() throws Exception {
    agent("https://ris.internal", "unused");
    account.remove("https://ris.internal");
    account.agent("https://ris.internal", TestAccount.upstream("s1", closedPort()));
    account.cloud(
        "https://ris.example.com",
        "on_http_request:\n"
            + Policies.actions("forward-internal", "url: https://ris.internal\non_error: continue")
            + Policies.actions("custom-response", "status_code: 503\nbody: closed today"));

    EdgeClient.Answer answer = client.get("https://ris.example.com/");

    assertThat(answer.outcome()).isEqualTo("503");
    assertThat(answer.body()).isEqualTo("closed today");
  }

  @ParameterizedTest
  @CsvSource({
    "http://ris.clinic.lan:8080, 'agent-s1 cannot reach ris.clinic.lan:8080 from here; say what"
        + " stands for it with PUT /_simulator/agents/agent-s1/upstreams'",
    "10.1.2.3:80, agent-s1 cannot reach 10.1.2.3:80 from here",
    "ris.clinic.lan, agent-s1 cannot reach ris.clinic.lan:80 from here",
    "https://ris.clinic.lan, agent-s1 cannot reach ris.clinic.lan:443 from here",
    "tcp://localhost, no address",
    "ftp://localhost:1, no address",
    "localhost:70000, no address",
  })
  void whatTheAgentCannotReachIsABadGateway(String url, String message) {
    account.agent("https://ris.example.com", TestAccount.upstream("s1", url));

    EdgeClient.Answer answer = client.get("https://ris.example.com/");

    assertThat(answer.outcome()).isEqualTo("502");
    assertThat(answer.body()).contains("ERR_NGROK_8012").contains(message);
  }

  @Test
  void anAddressOnLoopbackStandsForAnUpstreamOfTheSite() throws Exception {
    agent("https://other.example.com", "ris");
    account.agent(
        "https://ris.example.com",
        new Upstream(
            "s1",
            "a",
            "http://RIS.clinic.lan:8080",
            "",
            "",
            Optional.empty(),
            Map.of("ris.clinic.lan:8080", upstreams.get("ris").address())));

    assertThat(client.get("https://ris.example.com/").body())
        .startsWith("ris\n")
        .contains("Host: [ris.example.com]");
  }

  @Test
  void aPortAloneIsOnLoopback() throws Exception {
    agent("https://other.example.com", "ris");
    int port = upstreams.get("ris").address().getPort();
    account.agent("https://ris.example.com", TestAccount.upstream("s1", "" + port));

    assertThat(client.get("https://ris.example.com/").body()).startsWith("ris\n");
  }

  private void agent(String url, String name) throws IOException {
    HTTPUpstream upstream = upstreams.get(name);
    if (upstream == null) {
      upstream = HTTPUpstream.named(name);
      upstreams.put(name, upstream);
    }
    account.agent(url, TestAccount.upstream(name, upstream.address()));
  }

  private static String closedPort() throws IOException {
    try (ServerSocket server = new ServerSocket(0)) {
      return "127.0.0.1:" + server.getLocalPort();
    }
  }
}
