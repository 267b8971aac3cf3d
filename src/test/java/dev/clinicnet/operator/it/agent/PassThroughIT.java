package dev.clinicnet.operator.it.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.simulator.TestAuthority;
import dev.clinicnet.simulator.edge.EdgeClient;
import dev.clinicnet.testkit.AgentKind;
import dev.clinicnet.testkit.HTTP2Server;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.Site;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** TLS passes through the public endpoint and the agent: only the server of the site ends it. */
@SuppressWarnings("try") // An operator only has to run.
class PassThroughIT extends InOneNamespace {
  private static final String HOST = "ldap.api.example.com";
  private static final String PUBLIC = "tls://" + HOST;
  private static final String MACHINE = "10.0.0.3:636";
  private static final String ALLOWED = "203.0.113.7";
  private static final String DENIED = "192.0.2.9";

  private final TestAuthority authority = new TestAuthority("site");
  private final HTTP2Server server = server();

  private HTTP2Server server() {
    TestAuthority.Identity identity = authority.issue(HOST);
    return HTTP2Server.secure(identity.certificatePEM(), identity.keyPEM());
  }

  @AfterEach
  void close() {
    server.close();
  }

  /** Whatever the scheme of the upstream is, the agent must not begin TLS of its own. */
  @ParameterizedTest
  @CsvSource({"SIMULATED, tcp", "SIMULATED, tls", "REAL, tcp", "REAL, tls"})
  void theClientSpeaksTLSWithTheServerOfTheSite(AgentKind kind, String scheme) {
    account.play(kind);
    manifests.applyText(
        Site.withClinic(
            "one",
            Site.service(
                "ldap",
                "one",
                scheme + "://" + MACHINE,
                "expose: {tls: {host: " + HOST + "}}",
                "access: {allowCIDRs: [203.0.113.0/24]}")));
    try (ClinicOperator operator = watchfulOperator().start()) {
      manifests.awaitAllReady();
      JsonNode agent = account.connectAgent(manifests.file("one-site-kit", "ngrok.yml"));
      account.upstream(agent, MACHINE, server.address());
      manifests.awaitService("ldap", ConditionType.AgentOnline, "EndpointBound");
      manifests.awaitClinic("one", ConditionType.SiteKitCurrent, "SiteKitInstalled");
      EdgeClient client = client(ALLOWED);

      for (String version : new String[] {"1.2", "1.3"}) {
        EdgeClient.Answer answer = client.withTLS(version).get(PUBLIC + "/people");
        assertThat(answer.outcome()).as(answer.body()).isEqualTo("200");
        assertThat(answer.body()).startsWith("HTTP_1_1\nGET /people\n");
      }
      // Nobody on the way shows a certificate of its own.
      assertThat(client.withTrust(account.edgeAuthority()).get(PUBLIC).outcome())
          .isEqualTo("handshake failed");

      int before = server.connections();
      assertThat(client(DENIED).get(PUBLIC).outcome()).isNotEqualTo("200");
      assertThat(client.get(PUBLIC).outcome()).isEqualTo("200");
      assertThat(server.connections()).isEqualTo(before + 1);
    }
  }

  /** A client that trusts the authority of the site alone. */
  private EdgeClient client(String from) {
    return EdgeClient.of(() -> Map.of(PUBLIC, account.edge(PUBLIC, from)), authority.pem());
  }
}
