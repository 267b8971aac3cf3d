package dev.clinicnet.simulator.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The ways through the edge, each once. */
class EdgeTest {
  private final TestAccount account = new TestAccount();
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
  }

  @Test
  void httpsGoesThroughAnAgentToItsUpstream() throws Exception {
    try (HTTPUpstream upstream = HTTPUpstream.named("ris")) {
      account.agent("https://ris.example.com", TestAccount.upstream("s1", upstream.address()));

      EdgeClient.Answer answer =
          client.withAddress("203.0.113.7").get("https://ris.example.com//a/../b//c%2fd?q=%20");

      assertThat(answer.outcome()).isEqualTo("200");
      assertThat(answer.body())
          .contains("ris\nGET //a/../b//c%2fd?q=%20\n")
          .contains("Host: [ris.example.com]")
          .contains("X-forwarded-for: [203.0.113.7]")
          .contains("X-forwarded-proto: [https]")
          .contains("X-forwarded-host: [ris.example.com]");
      assertThat(client.withBinaryAddress("2001:db8::7").get("https://ris.example.com/").body())
          .contains("X-forwarded-for: [2001:db8::7]");
      assertThat(edge.log().entries())
          .hasSize(2)
          .first()
          .satisfies(
              entry -> {
                assertThat(entry.endpoint()).isEqualTo("https://ris.example.com");
                assertThat(entry.request()).isEqualTo("GET //a/../b//c%2fd");
                assertThat(entry.client()).isEqualTo("203.0.113.7:40000");
                assertThat(entry.outcome()).isEqualTo("200");
              });
    }
  }

  @Test
  void httpGoesThroughACloudEndpointAndAnAgent() throws Exception {
    try (HTTPUpstream upstream = HTTPUpstream.named("pacs")) {
      account.cloud("http://pacs.example.com", Policies.forwardRequests("http://pacs.internal"));
      account.agent("http://pacs.internal", TestAccount.upstream("s1", upstream.address()));

      EdgeClient.Answer answer =
          client.request(
              "POST",
              "http://pacs.example.com/x",
              Map.of("X-Forwarded-For", "1.2.3.4"),
              new byte[9]);

      assertThat(answer.body())
          .contains("POST /x")
          .contains("body: 9")
          .contains("Host: [pacs.example.com]")
          .contains("X-forwarded-for: [1.2.3.4, 127.0.0.1]");
      assertThat(edge.log().entries().get(0).decisions())
          .extracting("endpoint")
          .containsExactly("http://pacs.example.com", "http://pacs.internal");
    }
  }

  @Test
  void tcpReachesAServerThatSpeaksFirst() throws Exception {
    try (EchoServer upstream = EchoServer.start("hello\n")) {
      String url = "tcp://1.tcp.example.com:20001";
      account.agent(url, TestAccount.upstream("s1", upstream.address()));

      try (Socket socket = client.connect(url)) {
        assertThat(new String(socket.getInputStream().readNBytes(6), StandardCharsets.UTF_8))
            .isEqualTo("hello\n");
        socket.getOutputStream().write("again".getBytes(StandardCharsets.UTF_8));
        socket.shutdownOutput();
        assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
            .isEqualTo("again");
      }
    }
  }
}
