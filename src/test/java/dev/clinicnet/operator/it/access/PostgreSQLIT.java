package dev.clinicnet.operator.it.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.testkit.AgentKind;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.PostgreSQL;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The example's database is a real one, and its client is {@code psql}. */
@SuppressWarnings("try") // An operator only has to run.
class PostgreSQLIT extends InOneNamespace {
  private static final String KIT = "clinic1-site-kit";

  @ParameterizedTest
  @EnumSource(AgentKind.class)
  void anAllowedAddressRunsAQueryAndAnotherIsRefused(AgentKind kind) throws Exception {
    // Given
    account.play(kind);
    assumeTrue(PostgreSQL.installed().isPresent(), "needs the package postgresql");
    manifests.apply("examples/clinic1");
    try (PostgreSQL server = PostgreSQL.start(PostgreSQL.installed().orElseThrow());
        ClinicOperator operator = watchfulOperator().start()) {
      manifests.awaitAllReady();
      JsonNode agent = account.connectAgent(manifests.file(KIT, "ngrok.yml"));
      account.upstream(agent, "192.168.1.101:5432", server.address());
      String url = manifests.service("patient-db").getStatus().publicURL();

      // When
      String allowed = psql(account.edge(url, "203.0.113.7"), 0);
      String unlisted = psql(account.edge(url, "198.51.100.7"), 2);
      String denied = psql(account.edge(url, "192.0.2.7"), 2);

      // Then
      assertThat(allowed).isEqualTo("42");
      assertThat(List.of(unlisted, denied))
          .allMatch(text -> text.contains("closed the connection"));
      assertThat(account.traffic())
          .extracting(entry -> entry.path("outcome").asText())
          .containsExactly("forwarded", "closed", "closed");
    }
  }

  private static String psql(InetSocketAddress address, int exit) throws Exception {
    Process process =
        new ProcessBuilder(
                "psql",
                "--no-psqlrc",
                "--tuples-only",
                "--no-align",
                "--dbname=postgresql://postgres@127.0.0.1:" + address.getPort() + "/postgres",
                "--command=select 6 * 7")
            .redirectErrorStream(true)
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.exitValue()).as(output).isEqualTo(exit);
    return output.strip();
  }
}
