package dev.clinicnet.operator.it.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinicnet.operator.agent.AgentConfigReader;
import dev.clinicnet.operator.agent.ParsedConfig.ParsedEndpoint;
import dev.clinicnet.operator.agent.ParsedConfig.ParsedTermination;
import dev.clinicnet.operator.certificate.Fixtures;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Conditions;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.Manifests;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Services that are encrypted from the client to the site, and the certificates they need. */
@SuppressWarnings("try") // An operator only has to run.
class TLSExposureIT extends InOneNamespace {
  private static final String EXAMPLE = "examples/tls";
  private static final String SECRET = "records-tls";
  private static final String KIT = "clinic3-site-kit";
  private static final String RSA = Fixtures.read("rsa.crt");

  @Test
  void passesThroughOrEndsAtTheAgentAsTheExampleSays() {
    manifests.apply(EXAMPLE);
    try (ClinicOperator operator = watchfulOperator().start()) {
      manifests.awaitAllReady();

      assertThat(account.names("endpoints", "url"))
          .containsExactly(
              "tls://ldap-clinic3.api.clinicnet.com", "tls://records-clinic3.api.clinicnet.com");
      eventually(() -> assertThat(endpoints()).hasSize(2));
      assertThat(endpoints())
          .extracting(ParsedEndpoint::url)
          .containsExactly("tls://directory.clinic3.internal", "tls://records.clinic3.internal");
      assertThat(endpoints().get(0).termination()).isNull();
      ParsedTermination termination = endpoints().get(1).termination();
      assertThat(termination.serverCertificate()).startsWith("-----BEGIN CERTIFICATE-----");
      assertThat(termination.serverPrivateKey().reveal()).contains("PRIVATE KEY");
      assertThat(termination.clientCAs()).hasSize(1);

      JsonNode agent = account.connectAgent(file());

      assertThat(agent.path("endpoints")).hasSize(2).allMatch(bound -> !bound.has("error_code"));
      manifests.awaitService("records", ConditionType.AgentOnline, "EndpointBound");
      manifests.awaitService("directory", ConditionType.AgentOnline, "EndpointBound");
    }
  }

  @Test
  void aRenewedCertificateIsInTheSiteKitAtOnceAndNgrokIsNotAsked() {
    manifests.apply(EXAMPLE);
    try (ClinicOperator operator = operator().start()) {
      manifests.awaitAllReady();
      eventually(() -> assertThat(endpoints()).hasSize(2));
      String hash = manifests.clinic("clinic3").getStatus().siteKit().configHash();
      account.forgetRequests();

      manifests.applyText(secret(true, RSA, Fixtures.read("rsa.pkcs1.key")));

      eventually(() -> assertThat(published()).isEqualTo(RSA));
      eventually(
          () ->
              assertThat(manifests.clinic("clinic3").getStatus().siteKit().configHash())
                  .isNotEqualTo(hash));
      assertThat(account.requests()).isEmpty();
      assertThat(manifests.clinic("clinic3").getStatus().toString()).doesNotContain("PRIVATE");

      String renewed = manifests.clinic("clinic3").getStatus().siteKit().configHash();
      manifests.applyText(authorities(RSA));
      manifests.awaitService("records", ConditionType.ResolvedRefs, "InvalidReference");
      assertThat(message()).contains("ConfigMap records-clients, key ca.crt", "which is not a CA");
      manifests.applyText(authorities(Fixtures.read("ca.crt")));
      eventually(
          () ->
              assertThat(endpoints().get(1).termination().clientCAs())
                  .containsExactly(Fixtures.read("ca.crt")));
      eventually(
          () ->
              assertThat(manifests.clinic("clinic3").getStatus().siteKit().configHash())
                  .isNotEqualTo(renewed));
      assertThat(account.requests()).isEmpty();
    }
  }

  @Test
  void aSecretWithoutTheLabelIsNotFoundUntilItIsLabeled() {
    manifests.apply(EXAMPLE);
    manifests.deleteSecret(SECRET);
    manifests.applyText(secret(false, RSA, Fixtures.read("rsa.pkcs8.key")));
    try (ClinicOperator operator = operator().start()) {
      manifests.awaitService("records", ConditionType.ResolvedRefs, "ReferenceNotFound");
      assertThat(message()).contains(SECRET, "clinicnet.dev/referenced: \"true\"");
      manifests.awaitService("directory", ConditionType.Ready, "Programmed");
      eventually(() -> assertThat(endpoints()).hasSize(1));

      manifests.applyText(secret(true, RSA, Fixtures.read("rsa.pkcs8.key")));

      manifests.awaitAllReady();
      eventually(() -> assertThat(published()).isEqualTo(RSA));

      String before = file();
      manifests.applyText(secret(true, RSA, Fixtures.read("ec.pkcs8.key")));
      manifests.awaitService("records", ConditionType.ResolvedRefs, "InvalidReference");
      assertThat(message()).contains("key tls.key, is not the private key of the certificate");
      manifests.deleteSecret(SECRET);
      manifests.awaitService("records", ConditionType.ResolvedRefs, "ReferenceNotFound");
      assertThat(file()).isEqualTo(before);
      assertThat(account.names("endpoints", "url"))
          .contains("tls://records-clinic3.api.clinicnet.com");
    }
  }

  private String message() {
    return Conditions.find(
            Manifests.conditions(manifests.service("records")), ConditionType.ResolvedRefs)
        .orElseThrow()
        .message();
  }

  private String published() {
    return endpoints().stream()
        .filter(endpoint -> endpoint.name().equals("records"))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no endpoint records"))
        .termination()
        .serverCertificate();
  }

  private List<ParsedEndpoint> endpoints() {
    return AgentConfigReader.read(file()).endpoints();
  }

  private String file() {
    return manifests
        .publishedFile(KIT, "ngrok.yml")
        .orElseThrow(() -> new AssertionError("no site kit"));
  }

  private static String secret(boolean labeled, String certificate, String key) {
    return """
        apiVersion: v1
        kind: Secret
        metadata:
          name: %s
          labels: {clinicnet.dev/referenced: "%s"}
        type: kubernetes.io/tls
        stringData:
          tls.crt: "%s"
          tls.key: "%s"
        """
        .formatted(SECRET, labeled, oneLine(certificate), oneLine(key));
  }

  private static String authorities(String certificate) {
    return """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: records-clients
          labels: {clinicnet.dev/referenced: "true"}
        data: {ca.crt: "%s"}
        """
        .formatted(oneLine(certificate));
  }

  private static String oneLine(String pem) {
    return pem.replace("\n", "\\n");
  }
}
