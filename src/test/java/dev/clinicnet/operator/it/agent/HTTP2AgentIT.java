package dev.clinicnet.operator.it.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinicnet.simulator.TestAuthority;
import dev.clinicnet.simulator.edge.EdgeClient;
import dev.clinicnet.testkit.AgentKind;
import dev.clinicnet.testkit.HTTP2Server;
import dev.clinicnet.testkit.NgrokAccount;
import dev.clinicnet.testkit.SdkAgent;
import dev.clinicnet.testkit.SdkAgent.Language;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Upstreams that speak HTTP/2, behind agents of each kind. */
@SuppressWarnings("try") // An agent only has to run.
class HTTP2AgentIT {
  private static final String PUBLIC = "https://one.api.example.com";
  private static final String INTERNAL = "https://api.one.internal";
  private static final String MACHINE = "192.168.1.100:8080";
  private static final int REQUESTS = 100;

  private final NgrokAccount account = NgrokAccount.open();
  private HTTP2Server upstream = HTTP2Server.describing();
  private String token;

  @BeforeEach
  void publish() {
    account.call("POST", "/reserved_domains", "{\"domain\": \"*.api.example.com\"}");
    account.call(
        "POST",
        "/endpoints",
        """
        {"url": "%s", "traffic_policy":
         "{\\"on_http_request\\":[{\\"actions\\":[{\\"type\\":\\"forward-internal\\",\\"config\\":{\\"url\\":\\"%s\\"}}]}]}"}
        """
            .formatted(PUBLIC, INTERNAL));
    token =
        account
            .call("POST", "/credentials", "{\"acl\": [\"bind:*.one.internal\"]}")
            .path("token")
            .asText();
  }

  @AfterEach
  void close() {
    upstream.close();
    account.close();
  }

  @ParameterizedTest
  @EnumSource(Language.class)
  void theEdgeSpeaksItThroughAnAgentThatAsksForIt(Language language) throws Exception {
    try (SdkAgent agent =
        SdkAgent.startWithHTTP2(language, account, token, INTERNAL, upstream.address())) {
      agent.awaitEvent("bound");

      answersOverHTTP2();
      theTrailersArrive();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://", "https://"})
  void theSimulatorsOwnAgentSpeaksIt(String scheme) throws Exception {
    serve(scheme);
    JsonNode agent = account.connectAgent(file(scheme));
    account.upstream(agent, MACHINE, upstream.address());

    answersOverHTTP2();
    theTrailersArrive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://", "https://"})
  void theGoAgentSpeaksItToItsUpstream(String scheme) throws Exception {
    serve(scheme);
    account.play(AgentKind.REAL);
    JsonNode agent = account.connectAgent(file(scheme));
    account.upstream(agent, MACHINE, upstream.address());

    answersOverHTTP2();
    theTrailersArrive();
  }

  private void serve(String scheme) {
    if (scheme.equals("https://")) {
      upstream.close();
      TestAuthority.Identity identity = new TestAuthority("site").issue("192.168.1.100");
      upstream = HTTP2Server.secure(identity.certificatePEM(), identity.keyPEM());
    }
  }

  private String file(String scheme) {
    return """
        version: 3
        agent: {authtoken: "%s"}
        endpoints:
          - name: api
            url: %s
            upstream: {url: "%s%s", protocol: http2}
        """
        .formatted(token, INTERNAL, scheme, MACHINE);
  }

  private EdgeClient client() {
    return EdgeClient.of(
        () -> Map.of(PUBLIC, account.edge(PUBLIC, "203.0.113.7")), account.edgeAuthority());
  }

  private void answersOverHTTP2() throws Exception {
    EdgeClient client = client();
    await().until(() -> client.get(PUBLIC + "/").outcome().equals("200"));
    ExecutorService clients = Executors.newFixedThreadPool(20);
    try {
      List<Future<EdgeClient.Answer>> answers = new ArrayList<>();
      for (int i = 0; i < REQUESTS; i++) {
        byte[] body = new byte[i * 1000];
        String url = PUBLIC + "/" + i + "?q=" + i;
        answers.add(clients.submit(() -> client.request("POST", url, Map.of(), body)));
      }
      for (int i = 0; i < REQUESTS; i++) {
        assertThat(answers.get(i).get().body())
            .startsWith("HTTP_2\nPOST /" + i + "?q=" + i + "\nauthority: one.api.example.com\n")
            .contains("x-forwarded-for: 203.0.113.7\n")
            .endsWith("body: " + i * 1000 + "\n");
      }
    } finally {
      clients.shutdownNow();
    }
  }

  private void theTrailersArrive() throws IOException {
    try (Socket socket = client().connect(PUBLIC)) {
      socket
          .getOutputStream()
          .write(
              ("POST / HTTP/1.1\r\nHost: one.api.example.com\r\nConnection: close\r\n"
                      + "Content-Length: 3\r\n\r\nabc")
                  .getBytes(StandardCharsets.US_ASCII));
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .startsWith("HTTP/1.1 200 ")
          .endsWithIgnoringCase("0\r\n" + HTTP2Server.TRAILER + ": 3\r\n\r\n");
    }
  }
}
