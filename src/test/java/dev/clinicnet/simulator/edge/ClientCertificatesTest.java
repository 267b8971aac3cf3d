package dev.clinicnet.simulator.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.simulator.TestAuthority;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The client certificates that each strategy admits, with both versions of TLS. */
class ClientCertificatesTest {
  private static final TestAuthority OURS = new TestAuthority("ours");
  private static final TestAuthority OTHER = new TestAuthority("ours");

  private static final TestAccount ACCOUNT = new TestAccount();
  private static HTTPUpstream upstream;
  private static Edge edge;

  @BeforeAll
  static void start() throws Exception {
    upstream = HTTPUpstream.named("upstream");
    edge = Edge.start(ACCOUNT);
    for (String strategy : new String[] {"require-and-verify", "require-any", "request"}) {
      ACCOUNT.agent(
          "https://%s.example.com".formatted(strategy),
          Policies.rule("on_tcp_connect", "terminate-tls", config(strategy)),
          TestAccount.upstream("s1", upstream.address()));
    }
  }

  @AfterAll
  static void stop() {
    edge.close();
    upstream.close();
  }

  @ParameterizedTest
  @CsvSource({
    "require-and-verify, good, 200",
    "require-and-verify, other, certificate refused",
    "require-and-verify, expired, certificate refused",
    "require-and-verify, none, certificate refused",
    "require-any, good, 200",
    "require-any, other, 200",
    "require-any, expired, 200",
    "require-any, none, certificate refused",
    "request, good, 200",
    "request, other, 200",
    "request, expired, 200",
    "request, none, 200",
  })
  void strategies(String strategy, String certificate, String outcome) {
    for (String version : new String[] {"1.2", "1.3"}) {
      EdgeClient client =
          EdgeClient.of(edge).withTLS(version).withCertificate(identity(certificate));

      assertThat(client.get("https://%s.example.com/".formatted(strategy)).outcome())
          .as("TLS %s", version)
          .isEqualTo(outcome);
    }
  }

  @ParameterizedTest
  @CsvSource({"1.2, 1.3, handshake failed", "1.3, 1.3, 200", "1.2, 1.2, 200"})
  void versions(String client, String least, String outcome) {
    String url = "https://v%s.example.com".formatted(least.replace('.', '-'));
    ACCOUNT.agent(
        url,
        Policies.rule("on_tcp_connect", "terminate-tls", "min_version: \"%s\"".formatted(least)),
        TestAccount.upstream("s1", upstream.address()));

    assertThat(EdgeClient.of(edge).withTLS(client).get(url + "/").outcome()).isEqualTo(outcome);
  }

  private static TestAuthority.Identity identity(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "good" -> OURS.issue("client");
      case "other" -> OTHER.issue("client");
      case "expired" -> OURS.expired("client");
      default -> null;
    };
  }

  private static String config(String strategy) {
    return "mutual_tls_verification_strategy: %s\nmutual_tls_certificate_authorities:\n  - |\n%s"
        .formatted(strategy, OURS.pem().indent(4));
  }
}
