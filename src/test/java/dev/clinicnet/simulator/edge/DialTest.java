package dev.clinicnet.simulator.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A private dial reaches an internal endpoint past every public one, but not past its policy. */
class DialTest {
  private static final String API = "http://api.clinic1.internal";
  private static final String DB = "tcp://db.clinic1.internal:5432";

  private final TestAccount account = new TestAccount();
  private Edge edge;

  @BeforeEach
  void start() throws Exception {
    edge = Edge.start(account);
  }

  @AfterEach
  void stop() {
    edge.close();
  }

  @Test
  void aRequestReachesTheUpstreamUnlessThePolicyOfTheInternalEndpointRefusesIt() throws Exception {
    try (HTTPUpstream upstream = HTTPUpstream.named("A")) {
      account.agent(API, TestAccount.upstream("s1", upstream.address()));
      EdgeClient client = dialling(API);

      assertThat(client.get(API + "/patients").body()).startsWith("A\nGET /patients");

      account.remove(API);
      assertThat(client.get(API).outcome()).isEqualTo("closed");

      account.agent(
          API,
          Policies.rule("on_http_request", "deny", "status_code: 403"),
          TestAccount.upstream("s1", upstream.address()));
      assertThat(client.get(API).outcome()).isEqualTo("403");
    }
  }

  @Test
  void aConnectionReachesTheUpstream() throws Exception {
    try (EchoServer upstream = EchoServer.start("A")) {
      account.agent(DB, TestAccount.upstream("s1", upstream.address()));

      assertThat(firstByte(edge.dial(DB))).isEqualTo('A');
      assertThat(edge.dial(DB)).isEqualTo(edge.dial(DB));

      account.remove(DB);
      assertThat(firstByte(edge.dial(DB))).isEqualTo(-1);
    }
  }

  private EdgeClient dialling(String url) {
    return EdgeClient.of(() -> Map.of(url, edge.dial(url)), edge.certificateAuthority());
  }

  private static int firstByte(InetSocketAddress address) throws IOException {
    try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
      return socket.getInputStream().read();
    }
  }
}
