package dev.clinicnet.operator.it.converge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinicnet.operator.agent.AgentConfigReader;
import dev.clinicnet.operator.agent.AgentProxy;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Conditions;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.Manifests;
import org.junit.jupiter.api.Test;

/** A site whose agent connects through a proxy with a login. */
@SuppressWarnings("try") // An operator only has to run.
class SiteNetworkIT extends InOneNamespace {
  private static final String KIT = "clinic1-site-kit";
  private static final String PROXY = "http://clinic1@proxy.clinic1.lan:3128";
  private static final String CLINIC =
      """
      apiVersion: clinicnet.dev/v1alpha1
      kind: Clinic
      metadata: {name: clinic1}
      spec:
        domains: [{name: "*.api.clinicnet.com", shared: true}]
        agent:
          proxyURL: %s
          proxyPasswordSecretRef: {name: site-proxy, key: password}
          connectCAs: host
          dnsResolverIPs: [192.168.1.53]
          heartbeatInterval: 20s
      """
          .formatted(PROXY);

  @Test
  void thePasswordComesIntoTheSiteKitAndNowhereElse() {
    manifests.applyText(CLINIC);
    try (ClinicOperator operator = watchfulOperator().start()) {
      manifests.awaitClinic("clinic1", ConditionType.ResolvedRefs, "ReferenceNotFound");
      assertThat(message())
          .contains("spec.agent.proxyPasswordSecretRef", "Secret site-proxy", "is not written");
      assertThat(manifests.publishedFile(KIT, "ngrok.yml")).isEmpty();
      assertThat(account.names("credentials", "description")).isEmpty();

      manifests.applyText(secret("example-one"));

      manifests.awaitClinic("clinic1", ConditionType.Ready, "Programmed");
      eventually(() -> assertThat(password()).isEqualTo("example-one"));
      assertThat(file())
          .contains("connect_cas: \"host\"", "\"192.168.1.53\"", "heartbeat_interval: \"20s\"");
      JsonNode agent = account.connectAgent(file());
      manifests.awaitClinic("clinic1", ConditionType.SiteKitCurrent, "SiteKitInstalled");

      manifests.applyText(secret("example-two"));

      manifests.awaitClinic("clinic1", ConditionType.SiteKitCurrent, "SiteKitOutdated");
      assertThat(password()).isEqualTo("example-two");
      account.disconnectAgent(agent.path("id").asText());
      account.connectAgent(file());
      manifests.awaitClinic("clinic1", ConditionType.SiteKitCurrent, "SiteKitInstalled");

      manifests.deleteSecret("site-proxy");

      manifests.awaitClinic("clinic1", ConditionType.ResolvedRefs, "ReferenceNotFound");
      assertThat(password()).isEqualTo("example-two");
      manifests.awaitClinic("clinic1", ConditionType.SiteKitCurrent, "SiteKitInstalled");
      assertThat(manifests.clinic("clinic1").getStatus() + " " + manifests.events())
          .doesNotContain("example-one", "example-two");
      assertThat(manifests.file(KIT, "README.txt") + manifests.file(KIT, "HELP.txt"))
          .contains("proxy.clinic1.lan:3128")
          .doesNotContain("example-two");
    }
  }

  private String message() {
    return Conditions.find(
            Manifests.conditions(manifests.clinic("clinic1")), ConditionType.ResolvedRefs)
        .orElseThrow()
        .message();
  }

  private String password() {
    AgentProxy proxy = AgentConfigReader.read(file()).proxy();
    assertThat(proxy.url()).isEqualTo(PROXY);
    return proxy.password().reveal();
  }

  private String file() {
    return manifests
        .publishedFile(KIT, "ngrok.yml")
        .orElseThrow(() -> new AssertionError("no site kit"));
  }

  private static String secret(String password) {
    return """
        apiVersion: v1
        kind: Secret
        metadata:
          name: site-proxy
          labels: {clinicnet.dev/referenced: "true"}
        stringData: {password: %s}
        """
        .formatted(password);
  }
}
