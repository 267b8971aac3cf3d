package dev.clinicnet.operator.it.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.certificate.Fixtures;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.Site;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The objects that spec.access refers to reach the endpoint's policy, and nothing else does. */
@SuppressWarnings("try") // An operator only has to run.
class AccessIT extends InOneNamespace {
  private static final String FIRST = "planted-client-secret-one";
  private static final String SECOND = "planted-client-secret-two";
  private static final String ACCESS =
      "access: {mutualTLS: {caBundles: [{configMapKeyRef: {name: staff-ca, key: ca.crt}}]},"
          + " oauth: {provider: google, clientID: clinicnet,"
          + " clientSecretRef: {name: google-client, key: secret},"
          + " allowedEmailDomains: [clinicnet.com]}}";

  @Test
  void aLoginAndItsCertificatesAreProgrammedAndTheSecretIsInTheVault() {
    applyAll();
    try (ClinicOperator operator = watchfulOperator().start()) {
      manifests.awaitAllReady();

      assertThat(policy())
          .containsSubsequence(
              "terminate-tls",
              "BEGIN CERTIFICATE",
              "oauth",
              "secrets.get",
              "endsWith('@clinicnet.com')",
              "forward-internal")
          .doesNotContain(FIRST);
      assertThat(account.names("vaults", "name")).hasSize(1);
      assertThat(account.all("vault_secrets")).hasSize(1);
      assertThat(manifests.service("one-api").getStatus().vaultSecrets()).hasSize(1);
      assertThat(manifests.serviceSays("one-api", ConditionType.CertificatesCurrent))
          .contains("expires at");
      eventually(
          () ->
              assertThat(operator.metrics())
                  .containsPattern("operator_certificate_expiry_timestamp_seconds \\d"));

      account.forgetRequests();
      awaitSweeps(5);
      assertThat(account.writes()).isEmpty();
    }
  }

  @Test
  void aRenewedAuthorityIsOnePatchOfTheEndpoint() {
    applyAll();
    try (ClinicOperator operator = watchfulOperator().start()) {
      manifests.awaitAllReady();
      String before = policy();
      account.forgetRequests();

      manifests.applyText(authority(Fixtures.read("ca.crt") + Fixtures.read("partner-ca.crt")));

      eventually(() -> assertThat(policy()).isNotEqualTo(before));
      awaitSweeps(3);
      assertThat(account.writes()).isEqualTo(Map.of("PATCH /endpoints/{id}", 1));

      account.forgetRequests();
      String now = policy();
      manifests.applyText(authority(Fixtures.read("rsa.crt")));
      manifests.awaitService("one-api", ConditionType.ResolvedRefs, "InvalidReference");
      assertThat(manifests.serviceSays("one-api", ConditionType.ResolvedRefs))
          .contains("spec.access.mutualTLS.caBundles[0].configMapKeyRef", "which is not a CA");
      assertThat(policy()).isEqualTo(now);
      assertThat(account.writes()).isEmpty();
    }
  }

  @Test
  void aNewClientSecretIsOnePatchOfTheVaultAndNoneOfTheEndpoint() {
    applyAll();
    try (ClinicOperator operator = watchfulOperator().start()) {
      manifests.awaitAllReady();
      account.forgetRequests();

      manifests.applyText(clientSecret(SECOND));

      eventually(
          () -> assertThat(account.writes()).isEqualTo(Map.of("PATCH /vault_secrets/{id}", 1)));
      awaitSweeps(3);
      assertThat(account.writes()).isEqualTo(Map.of("PATCH /vault_secrets/{id}", 1));
      assertThat(account.state() + manifests.service("one-api") + manifests.events())
          .doesNotContain(FIRST)
          .doesNotContain(SECOND);
    }
  }

  @Test
  void whatIsNotAskedForAnyMoreLeavesTheVaultAfterTheEndpointLetGoOfIt() {
    applyAll();
    try (ClinicOperator operator = watchfulOperator().start()) {
      manifests.awaitAllReady();
      account.forgetRequests();

      manifests.applyText(Site.https("one-api", "one", "one.api.example.com"));

      eventually(() -> assertThat(account.all("vault_secrets")).isEmpty());
      assertThat(policy()).doesNotContain("oauth").doesNotContain("secrets.get");
      assertThat(account.writes())
          .isEqualTo(Map.of("PATCH /endpoints/{id}", 1, "DELETE /vault_secrets/{id}", 1));

      manifests.applyText(Site.https("one-api", "one", "one.api.example.com", ACCESS));
      manifests.awaitAllReady();
      eventually(() -> assertThat(account.all("vault_secrets")).hasSize(1));
      manifests.deleteAll();
      manifests.awaitGone();
      assertThat(account.all("endpoints")).isEmpty();
      assertThat(account.all("vault_secrets")).isEmpty();
    }
  }

  @Test
  void aMissingReferenceHoldsTheEndpointBackUntilItIsThere() {
    manifests.applyText(Site.clinic("one"));
    manifests.applyText(authority(Fixtures.read("ca.crt")));
    manifests.applyText(Site.https("one-api", "one", "one.api.example.com", ACCESS));
    try (ClinicOperator operator = watchfulOperator().start()) {
      manifests.awaitService("one-api", ConditionType.ResolvedRefs, "ReferenceNotFound");
      assertThat(manifests.serviceSays("one-api", ConditionType.ResolvedRefs))
          .contains("spec.access.oauth.clientSecretRef", "Secret google-client");
      assertThat(account.all("endpoints")).isEmpty();

      manifests.applyText(clientSecret(FIRST));
      manifests.awaitAllReady();
      assertThat(account.all("endpoints")).hasSize(1);
    }
  }

  @Test
  void rawRulesRunBetweenAccessAndTheForwardAndWarningsAreTold() {
    manifests.applyText(Site.clinic("one"));
    manifests.applyText(
        Site.https(
            "one-api",
            "one",
            "one.api.example.com",
            "access: {allowCIDRs: [203.0.113.0/24]}",
            "trafficPolicy: {on_http_request: [{actions: [{type: add-headers, config: {headers:"
                + " {x-site: one}}}]}]}"));
    try (ClinicOperator operator = watchfulOperator().start()) {
      manifests.awaitAllReady();
      assertThat(policy())
          .containsSubsequence("restrict-ips", "add-headers", "x-site", "forward-internal");
      assertThat(manifests.serviceSays("one-api", ConditionType.Accepted))
          .contains("Warning: spec.access.allowCIDRs lists IPv4 networks only");
      String before = policy();
      account.forgetRequests();

      manifests.applyText(
          Site.https(
              "one-api",
              "one",
              "one.api.example.com",
              "trafficPolicy: {on_http_request: [{expressions: ['req.method == '], actions:"
                  + " [{type: forward-internal, config: {url: 'https://x.two.internal'}}]}]}"));
      manifests.awaitService("one-api", ConditionType.Accepted, "Invalid");
      assertThat(manifests.serviceSays("one-api", ConditionType.Accepted))
          .contains("spec.trafficPolicy.on_http_request[0].expressions[0]")
          .contains("forward-internal");
      assertThat(policy()).isEqualTo(before);
      assertThat(account.writes()).isEmpty();
    }
  }

  private void applyAll() {
    manifests.applyText(Site.clinic("one"));
    manifests.applyText(authority(Fixtures.read("ca.crt")));
    manifests.applyText(clientSecret(FIRST));
    manifests.applyText(Site.https("one-api", "one", "one.api.example.com", ACCESS));
  }

  private String policy() {
    return the("endpoints", "url", "https://one.api.example.com").path("traffic_policy").asText();
  }

  private static String authority(String pem) {
    return """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: staff-ca, labels: {clinicnet.dev/referenced: "true"}}
        data:
          ca.crt: "%s"
        """
        .formatted(pem.replace("\n", "\\n"));
  }

  private static String clientSecret(String secret) {
    return """
        apiVersion: v1
        kind: Secret
        metadata: {name: google-client, labels: {clinicnet.dev/referenced: "true"}}
        data: {secret: %s}
        """
        .formatted(Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8)));
  }
}
