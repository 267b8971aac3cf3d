package dev.clinicnet.simulator.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.clinicnet.simulator.TestAuthority;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** tcp and tls: what passes, to whom, and what cuts it. */
class ConnectionsTest {
  private static final String TCP = "tcp://1.tcp.example.com:20001";
  private static final TestAuthority SITE = new TestAuthority("site");

  private final TestAccount account = new TestAccount();
  private EchoServer upstream;
  private Edge edge;
  private EdgeClient client;

  @BeforeEach
  void start() throws Exception {
    upstream = EchoServer.start("A");
    edge = Edge.start(account);
    client = EdgeClient.of(edge);
  }

  @AfterEach
  void stop() throws Exception {
    edge.close();
    upstream.close();
  }

  @ParameterizedTest
  @CsvSource({
    "203.0.113.7, A",
    "203.0.114.7, ''",
    "2001:db8::7, A",
    "2001:db9::7, ''",
    "'', ''",
  })
  void restrictIPsGoesByTheProxyHeader(String address, String greeting) throws Exception {
    account.agent(
        TCP,
        Policies.rule(
            "on_tcp_connect",
            "restrict-ips",
            "enforce: true\nallow: [\"203.0.113.0/24\", \"2001:db8::/32\"]"),
        TestAccount.upstream("s1", upstream.address()));

    assertThat(firstByte(client.withAddress(address), TCP)).isEqualTo(greeting);
    if (!address.isEmpty()) {
      assertThat(firstByte(client.withBinaryAddress(address), TCP)).isEqualTo(greeting);
    }
  }

  @ParameterizedTest
  @CsvSource({"203.0.113.7, A", "203.0.114.7, ''"})
  void theTargetsOwnPolicyDecidesToo(String address, String greeting) throws Exception {
    account.cloud(TCP, Policies.forwardConnections("tcp://db.internal:5432"));
    account.agent(
        "tcp://db.internal:5432",
        Policies.rule("on_tcp_connect", "restrict-ips", "enforce: true\nallow: [203.0.113.0/24]"),
        TestAccount.upstream("s1", upstream.address()));

    assertThat(firstByte(client.withAddress(address), TCP)).isEqualTo(greeting);
  }

  @Test
  void tlsIsPassedOnWithTheUpstreamsOwnCertificate() throws Exception {
    TestAuthority.Identity identity = SITE.issue("db.example.com");
    try (EchoServer secure = EchoServer.secure(identity, "S")) {
      account.cloud("tls://db.example.com", Policies.forwardConnections("tls://db.internal"));
      account.agent("tls://db.internal", TestAccount.upstream("s1", secure.address()));

      assertThat(firstByte(client.withTrust(SITE.pem()), "tls://db.example.com")).isEqualTo("S");
      assertThatThrownBy(() -> client.connect("tls://db.example.com"))
          .isInstanceOf(SSLException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.2", "1.3"})
  void anAgentEndsTLS(String version) throws Exception {
    TestAuthority.Identity server = SITE.issue("db.example.com");
    account.cloud("tls://db.example.com", Policies.forwardConnections("tls://db.internal"));
    account.agent("tls://db.internal", terminating(server, SITE.pem()));
    EdgeClient trusting = client.withTrust(SITE.pem()).withTLS(version);

    assertThat(firstByte(trusting.withCertificate(SITE.issue("client")), "tls://db.example.com"))
        .isEqualTo("A");
    for (TestAuthority.Identity each :
        new TestAuthority.Identity[] {
          null, SITE.expired("client"), new TestAuthority("site").issue("client")
        }) {
      assertThatThrownBy(() -> firstByte(trusting.withCertificate(each), "tls://db.example.com"))
          .isInstanceOf(SSLException.class)
          .hasMessageContaining("certificate");
    }
    await().until(() -> edge.log().entries().size() == 4);
    assertThat(edge.log().entries())
        .extracting(TrafficLog.Entry::outcome)
        .containsExactlyInAnyOrder(
            "forwarded", "handshake failed", "handshake failed", "handshake failed");
  }

  @Test
  void anAgentEndsTLSForAnybodyWithoutAuthorities() throws Exception {
    account.agent("tls://db.example.com", terminating(SITE.issue("db.example.com"), ""));

    assertThat(firstByte(client.withTrust(SITE.pem()), "tls://db.example.com")).isEqualTo("A");
  }

  @Test
  void theEdgeEndsTLSAndTheAgentSpeaksItAgain() throws Exception {
    try (EchoServer secure = EchoServer.secure(SITE.issue("localhost"), "S")) {
      account.agent(
          "tls://db.example.com",
          Policies.rule("on_tcp_connect", "terminate-tls", "min_version: \"1.2\""),
          TestAccount.upstream("s1", "tls://127.0.0.1:" + secure.address().getPort()));

      assertThat(firstByte(client, "tls://db.example.com")).isEqualTo("S");
    }
  }

  @ParameterizedTest
  @CsvSource({"1, PROXY TCP4 203.0.113.7 192.0.2.1 40000 443", "2, QUIT"})
  void anAgentPutsAProxyHeaderFirst(String version, String header) throws Exception {
    Upstream plain = TestAccount.upstream("s1", upstream.address());
    account.agent(
        TCP, new Upstream("s1", "a", plain.url(), "", version, Optional.empty(), Map.of()));

    try (Socket socket = client.withAddress("203.0.113.7").connect(TCP)) {
      socket.shutdownOutput();
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
          .contains(header);
    }
  }

  @Test
  void anEndedSessionCutsItsConnectionsAlone() throws Exception {
    String other = "tcp://1.tcp.example.com:20002";
    account.agent(TCP, TestAccount.upstream("s1", upstream.address()));
    account.agent(other, TestAccount.upstream("s2", upstream.address()));
    try (Socket cut = client.connect(TCP);
        Socket kept = client.connect(other)) {
      cut.getInputStream().read();
      kept.getInputStream().read();

      edge.sessionEnded("s1");

      assertThat(readToEnd(cut)).isEmpty();
      kept.getOutputStream().write('x');
      assertThat(kept.getInputStream().read()).isEqualTo('x');
      edge.reset();
      assertThat(readToEnd(kept)).isEmpty();
      assertThat(edge.log().entries()).isEmpty();
    }
  }

  @Test
  void anEndpointThatIsGoneKeepsItsListenerAndItsConnections() throws Exception {
    account.agent(TCP, TestAccount.upstream("s1", upstream.address()));
    Map<String, InetSocketAddress> before = edge.addresses();
    EdgeClient late = EdgeClient.of(() -> before, edge.certificateAuthority());
    try (Socket open = client.connect(TCP)) {
      open.getInputStream().read();
      account.remove(TCP);

      assertThat(edge.addresses()).isEmpty();
      assertThat(firstByte(late, TCP)).isEmpty();
      open.getOutputStream().write('x');
      assertThat(open.getInputStream().read()).isEqualTo('x');
    }
    account.agent(TCP, TestAccount.upstream("s1", upstream.address()));
    assertThat(edge.addresses()).isEqualTo(before);
  }

  @Test
  void connectionsToNowhereAreClosedAndTheLogSaysWhy() throws Exception {
    account.cloud(TCP, Policies.forwardConnections("tcp://db.internal:1"));

    assertThat(firstByte(client, TCP)).isEmpty();

    await().until(() -> edge.log().entries().size() == 1);
    TrafficLog.Entry entry = edge.log().entries().get(0);
    assertThat(entry.outcome()).isEqualTo("closed");
    assertThat(entry.decisions().toString()).contains("ERR_NGROK_3200");
  }

  @Test
  void aMalformedProxyHeaderClosesTheConnection() throws Exception {
    account.agent(TCP, TestAccount.upstream("s1", upstream.address()));

    try (Socket socket = client.connect(TCP)) {
      socket.getOutputStream().write("PROXY nonsense\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(readToEnd(socket)).isEmpty();
    }
  }

  @Test
  void aClosedEdgeLeavesNoThreads() throws Exception {
    Set<Thread> before = new HashSet<>(Thread.getAllStackTraces().keySet());
    Edge other = Edge.start(account);
    account.agent(TCP, TestAccount.upstream("s1", upstream.address()));
    try (Socket socket = EdgeClient.of(other).connect(TCP)) {
      socket.getInputStream().read();
      other.close();
      assertThat(readToEnd(socket)).isEmpty();
    }
    // A thread that has ended its work is seen for a moment.
    await()
        .untilAsserted(
            () ->
                assertThat(Thread.getAllStackTraces().keySet())
                    .filteredOn(thread -> thread.getName().startsWith("edge-"))
                    .filteredOn(thread -> !before.contains(thread))
                    .isEmpty());
  }

  private Upstream terminating(TestAuthority.Identity server, String authorities) {
    return new Upstream(
        "s1",
        "agent",
        "127.0.0.1:" + upstream.address().getPort(),
        "",
        "",
        Optional.of(
            new Upstream.Termination(server.certificatePEM(), server.keyPEM(), authorities)),
        Map.of());
  }

  /** Empty when the connection is closed without one. */
  private static String firstByte(EdgeClient client, String url) throws IOException {
    try (Socket socket = client.connect(url)) {
      return new String(socket.getInputStream().readNBytes(1), StandardCharsets.UTF_8);
    }
  }

  /** Reads until the end of the connection, or until it breaks. */
  private static String readToEnd(Socket socket) {
    try {
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }
}
