package dev.clinicnet.operator.it.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.RealAgents;
import dev.clinicnet.testkit.SiteProxy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agent on ngrok's Go SDK carries out what a Clinic says of the network of its site. */
@SuppressWarnings("try") // An operator only has to run.
class SiteProxyIT extends InOneNamespace {
  private static final String KIT = "clinic1-site-kit";
  private static final String AGENT = "site1";

  /** All that means something in a URL. */
  private static final String PASSWORD = "ex@mple%40:/?#[ ]+one";

  private static final String ENCODED = "ex%40mple%2540%3A%2F%3F%23%5B%20%5D%2Bone";

  /** By default, an agent tests its connection every 10 seconds. */
  private static final Duration LESS_THAN_A_DEFAULT_BEAT = Duration.ofSeconds(9);

  private final SiteProxy proxy = new SiteProxy("clinic1", PASSWORD);
  @TempDir private Path directory;
  private RealAgents agents;

  @BeforeEach
  void start() {
    agents = RealAgents.start(account.agents(), null);
  }

  @AfterEach
  void stop() {
    agents.close();
    proxy.close();
  }

  @Test
  void itLogsInAtTheProxyTrustsTheFileAndBeatsAsOftenAsTheClinicSays() throws IOException {
    Path authority = Files.writeString(directory.resolve("edge.pem"), account.edgeAuthority());
    manifests.applyText(secret());
    manifests.applyText(clinic(authority));
    try (ClinicOperator operator = watchfulOperator().start()) {
      manifests.awaitClinic("clinic1", ConditionType.Ready, "Programmed");
      String file = manifests.file(KIT, "ngrok.yml");
      assertThat(file).contains(ENCODED);
      account.fault("{\"path\": \"/agent-session/heartbeat\", \"skip\": 1000000}");

      agents.run(AGENT, file);

      agents.awaitEvent(AGENT, "started");
      manifests.awaitClinic("clinic1", ConditionType.SiteKitCurrent, "SiteKitInstalled");
      assertThat(proxy.connected()).containsExactly(account.agents());
      assertThat(proxy.refused()).isEmpty();
      await().atMost(LESS_THAN_A_DEFAULT_BEAT).until(() -> account.matched() >= 3);

      agents.run("stranger", file.replace(ENCODED, "example-two"));
      await().until(() -> !proxy.refused().isEmpty());
      agents.end("stranger");

      agents.run("mistrustful", file.replaceFirst("connect_cas: .*", "crl_noverify: false"));
      await().until(() -> proxy.connected().size() > 1);
      agents.end("mistrustful");

      assertThat(agents.count("stranger", "started") + agents.count("mistrustful", "started"))
          .isZero();
      assertThat(account.all("tunnel_sessions")).hasSize(1);
      assertThat(agents.events("stranger").toString()).doesNotContain("example-two");
    }
  }

  @Test
  void itRefusesWhatItCannotCarryOut() {
    agents.run(
        AGENT,
        """
        version: 3
        agent: {authtoken: any, dns_resolver_ips: [192.0.2.1]}
        """);

    assertThat(agents.awaitEvent(AGENT, "failed").path("message").asText())
        .contains("dns_resolver_ips");
    agents.awaitEvent(AGENT, "ended");
    assertThat(proxy.connected()).isEmpty();
  }

  private String clinic(Path authority) {
    return """
        apiVersion: clinicnet.dev/v1alpha1
        kind: Clinic
        metadata: {name: clinic1}
        spec:
          domains: [{name: "*.api.clinicnet.com", shared: true}]
          agent:
            proxyURL: http://clinic1@%s
            proxyPasswordSecretRef: {name: site-proxy, key: password}
            connectCAs: %s
            heartbeatInterval: 1s
        """
        .formatted(proxy.address(), authority);
  }

  private static String secret() {
    return """
        apiVersion: v1
        kind: Secret
        metadata:
          name: site-proxy
          labels: {clinicnet.dev/referenced: "true"}
        stringData: {password: "%s"}
        """
        .formatted(PASSWORD);
  }
}
