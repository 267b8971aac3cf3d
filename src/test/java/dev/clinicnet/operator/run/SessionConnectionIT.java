package dev.clinicnet.operator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinicnet.operator.api.v1alpha1.SessionPhase;
import dev.clinicnet.operator.condition.ConditionType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A session of a TCP service: ngrok looks at a connection when it begins, and not again. */
class SessionConnectionIT extends InOneNamespace {
  private static final String HERE = "203.0.113.7";
  private static final int HELLO = 'R';

  @Test
  void newConnectionsAreRefusedAfterTheEndAndTheAddressStays() throws IOException {
    // Given
    manifests.applyText(
        Site.clinicWithDomains("one", "[]")
            + "---\n"
            + Site.service(
                "db",
                "one",
                "tcp://10.0.0.2:5432",
                "availability: OnDemand",
                "expose: {tcp: {region: us}}"));
    Instant end;
    String url;
    try (ServerSocket database = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
      Thread answering = new Thread(() -> answer(database), "database");
      answering.setDaemon(true);
      answering.start();
      try (ClinicOperator operator = watchfulOperator().start()) {
        manifests.awaitAllReady();
        url = "tcp://" + manifests.service("db").getStatus().address().addr();
        JsonNode agent = account.connectAgent(manifests.file("one-site-kit", "ngrok.yml"));
        account.upstream(
            agent,
            "10.0.0.2:5432",
            new InetSocketAddress(InetAddress.getLoopbackAddress(), database.getLocalPort()));
        assertThat(account.names("endpoints", "url")).doesNotContain(url);

        // When
        manifests.applyText(
            """
            apiVersion: clinicnet.dev/v1alpha1
            kind: ClinicSession
            metadata: {name: s1}
            spec: {serviceRef: {name: db}, duration: 8s}
            """);
        manifests.awaitSession("s1", SessionPhase.Open);
        assertThat(connect(url)).isEqualTo(HELLO);
        assertThat(manifests.sessionSays("s1", ConditionType.Open))
            .contains("those that exist may go on");
        end = Instant.parse(manifests.session("s1").getStatus().expiresAt());
        assertThat(operator.httpPort()).isPositive();
      }

      // Then
      await().atMost(Duration.ofSeconds(30)).until(() -> !Instant.now().isBefore(end));
      assertThat(connect(url)).isEqualTo(-1);
    }
    try (ClinicOperator next = watchfulOperator().start()) {
      eventually(() -> assertThat(account.names("endpoints", "url")).doesNotContain(url));
      assertThat(account.names("reserved_addrs", "addr"))
          .containsExactly(url.substring("tcp://".length()));
      assertThat(next.httpPort()).isPositive();
    }
  }

  /** The first byte that it sends; -1 when it is closed. */
  private int connect(String url) throws IOException {
    var address = account.edge(url, HERE);
    try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
      socket.setSoTimeout((int) Duration.ofSeconds(20).toMillis());
      return socket.getInputStream().read();
    }
  }

  private static void answer(ServerSocket database) {
    while (!database.isClosed()) {
      try (Socket client = database.accept()) {
        client.getOutputStream().write(HELLO);
      } catch (IOException ended) {
        return;
      }
    }
  }
}
