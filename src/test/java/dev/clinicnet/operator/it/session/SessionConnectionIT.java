package dev.clinicnet.operator.it.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinicnet.operator.api.v1alpha1.SessionPhase;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.testkit.AgentKind;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.LoopbackDatabase;
import dev.clinicnet.testkit.Site;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A session of a TCP service: ngrok looks at a connection when it begins, and not again. */
@SuppressWarnings("try") // An operator only has to run.
class SessionConnectionIT extends InOneNamespace {
  private static final String HERE = "203.0.113.7";

  @ParameterizedTest
  @EnumSource(AgentKind.class)
  void newConnectionsAreRefusedAfterTheEndAndTheAddressStays(AgentKind kind) throws IOException {
    // Given
    account.play(kind);
    manifests.applyText(
        Site.clinicWithDomains("one", "[]")
            + "---\n"
            + LoopbackDatabase.service(
                "db", "one", "availability: OnDemand", "expose: {tcp: {region: us}}"));
    Instant end;
    String url;
    try (LoopbackDatabase database = new LoopbackDatabase(account)) {
      try (ClinicOperator operator = watchfulOperator().start()) {
        manifests.awaitAllReady();
        url = "tcp://" + manifests.service("db").getStatus().address().addr();
        JsonNode agent = account.connectAgent(manifests.file("one-site-kit", "ngrok.yml"));
        database.behind(agent);
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
        assertThat(database.connect(url, HERE)).isEqualTo(LoopbackDatabase.HELLO);
        assertThat(manifests.sessionSays("s1", ConditionType.Open))
            .contains("those that exist may go on");
        end = Instant.parse(manifests.session("s1").getStatus().expiresAt());
      }

      // Then
      await().atMost(Duration.ofSeconds(30)).until(() -> !Instant.now().isBefore(end));
      assertThat(database.connect(url, HERE)).isEqualTo(LoopbackDatabase.CLOSED);
    }
    try (ClinicOperator next = watchfulOperator().start()) {
      eventually(() -> assertThat(account.names("endpoints", "url")).doesNotContain(url));
      assertThat(account.names("reserved_addrs", "addr"))
          .containsExactly(url.substring("tcp://".length()));
    }
  }
}
