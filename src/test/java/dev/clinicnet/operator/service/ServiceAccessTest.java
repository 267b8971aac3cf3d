package dev.clinicnet.operator.service;

import static dev.clinicnet.operator.claim.ClinicBuilder.clinic;
import static dev.clinicnet.operator.claim.ServiceBuilder.service;
import static dev.clinicnet.operator.claim.ServiceStatusBuilder.serviceStatus;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceStatus;
import dev.clinicnet.operator.api.v1alpha1.EndpointStatus;
import dev.clinicnet.operator.api.v1alpha1.VaultSecretStatus;
import dev.clinicnet.operator.certificate.Fixtures;
import dev.clinicnet.operator.claim.ServiceBuilder;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.ngrok.Endpoint;
import dev.clinicnet.operator.plan.Step;
import dev.clinicnet.operator.policy.ContentHash;
import dev.clinicnet.simulator.SimulatorVerdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code spec.access} and {@code spec.trafficPolicy} from the manifest to the steps. */
class ServiceAccessTest {
  private static final String URL = "https://web.api.com";
  private static final String PLANTED = "planted-client-secret";

  /** All that {@code spec.access} can hold, without a login. */
  static final String WITHOUT_LOGIN =
      """
      allowCIDRs: ["203.0.113.0/24", "2001:db8::/32"]
      denyCIDRs: [203.0.113.66/32]
      ipPolicyIDs: [ipp_1]
      mutualTLS: {caBundles: [{configMapKeyRef: {name: cas, key: staff}}]}
      rateLimit: {requests: 100, window: 60s}
      """;

  private static final String EVERYTHING =
      WITHOUT_LOGIN
          + """
      oauth:
        provider: google
        clientID: fake-id
        clientSecretRef: {name: login, key: secret}
        scopes: [email]
        allowedEmailDomains: [clinicnet.com]
        allowedEmails: [ann@partner.com]
      """;

  @Test
  void everythingAtOnceIsOnePolicyInTheDocumentedOrder() {
    // Given
    ServiceScene scene = everything();
    scene.vaultSecret("s_1", "v_1", secret(), scene.mark().withVersion("uid-login/1"));
    // When
    String policy = policyCreatedBy(scene);
    // Then
    String pem = Fixtures.read("staff-ca.crt").replace("\n", "\\n");
    assertThat(policy)
        .isEqualTo(
            """
            {"on_tcp_connect":[\
            {"name":"restrict addresses","actions":[{"type":"restrict-ips","config":{\
            "allow":["203.0.113.0/24","2001:db8::/32"],"deny":["203.0.113.66/32"],"enforce":true,\
            "ip_policies":["ipp_1"]}}]},\
            {"name":"restrict certificates","actions":[{"type":"terminate-tls","config":{\
            "mutual_tls_certificate_authorities":["%s"],\
            "mutual_tls_verification_strategy":"require-and-verify"}}]}],\
            "on_http_request":[\
            {"name":"restrict rate","actions":[{"type":"rate-limit","config":{\
            "algorithm":"sliding_window","bucket_key":["conn.client_ip"],"capacity":100,\
            "name":"clinics/web","rate":"60s"}}]},\
            {"name":"deny ambiguous paths","expressions":["req.url.raw_path.matches(\
            '(?i)^//|\\\\\\\\.\\\\\\\\.|\\\\\\\\\\\\\\\\|%%(25)*(2e|2f|5c)')"],\
            "actions":[{"type":"deny","config":{"status_code":403}}]},\
            {"name":"deny paths not listed","expressions":[\
            "!(req.url.path == '/api' || req.url.path.startsWith('/api/'))"],\
            "actions":[{"type":"deny","config":{"status_code":403}}]},\
            {"name":"restrict login","actions":[{"type":"oauth","config":{\
            "client_id":"fake-id",\
            "client_secret":"${secrets.get('clinicnet_i', 'clinics/web/oauth_client_secret')}",\
            "provider":"google","scopes":["email"]}}]},\
            {"name":"deny other users","expressions":["!(actions.ngrok.oauth.identity.email ==\
             'ann@partner.com' ||\
             actions.ngrok.oauth.identity.email.endsWith('@clinicnet.com'))"],\
            "actions":[{"type":"deny","config":{"status_code":403}}]},\
            {"name":"mark","actions":[{"type":"add-headers","config":{"headers":{"x-site":"1"}}}]},\
            {"name":"forward what is allowed","expressions":[\
            "actions.ngrok.oauth.identity.email == 'ann@partner.com' ||\
             actions.ngrok.oauth.identity.email.endsWith('@clinicnet.com')",\
            "req.url.path == '/api' || req.url.path.startsWith('/api/')"],\
            "actions":[{"type":"forward-internal",\
            "config":{"url":"https://web.clinic1.internal"}}]},\
            {"name":"deny everything else","actions":[{"type":"deny",\
            "config":{"status_code":403}}]}]}"""
                .formatted(pem));
    assertThat(SimulatorVerdict.refusal(policy, URL)).isEmpty();
  }

  @Test
  void theSecretGoesToTheVaultFirstAndNowhereElse() {
    // Given
    ServiceScene scene = everything();
    // Then
    assertThat(scene.steps()).containsExactly("create vault_secrets " + secret());
    scene.vaultSecret("s_1", "v_1", secret(), scene.mark().withVersion("uid-login/1"));
    assertThat(scene.steps()).containsExactly("create endpoints " + URL);
    assertThat(scene.decide().toString()).doesNotContain(PLANTED);
    assertThat(scene.decide().status().vaultSecrets())
        .containsExactly(new VaultSecretStatus(secret(), "s_1"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mutualTLS: {caBundles: [{configMapKeyRef: {name: nowhere, key: ca.crt}}]}"
            + " | ReferenceNotFound",
        "mutualTLS: {caBundles: [{configMapKeyRef: {name: cas, key: old.crt}}]}"
            + " | InvalidReference",
        "'basicAuth: {secretRef: {name: login}, realm: x}' | Accepted",
        "'basicAuth: {secretRef: {name: nowhere}}' | ReferenceNotFound",
        "'oidc: {issuerURL: \"https://a.b\", clientID: a, clientSecretRef: {name: login, key: b}}'"
            + " | InvalidReference",
      })
  void whatCannotBeReadLeavesWhatWasProgrammed(String access, Reason reason) {
    // Given
    ClinicServiceStatus last = lastStatus();
    ServiceScene scene = scene(web().access(access).status(last)).domain("*.api.com");
    scene
        .configMap("cas", Map.of("old.crt", Fixtures.read("expired-ca.crt")))
        .secret("login", "1", Map.of("secret", PLANTED))
        .endpoint("ep_1", URL, scene.mark(), "{}")
        .vaultSecret("s_1", "v_1", secret(), scene.mark().withVersion("uid-login/1"));
    // When
    ServiceDecision decision = scene.decide();
    // Then
    if (reason == Reason.Accepted) {
      assertThat(decision.steps()).as("else the case shows nothing").isNotEmpty();
      return;
    }
    assertThat(decision.steps()).isEmpty();
    assertThat(decision.assessment().get(ConditionType.ResolvedRefs).orElseThrow().reason())
        .isEqualTo(reason);
    assertThat(decision.assessment().ready().reason()).isEqualTo(reason);
    assertThat(decision.status().endpoint()).isEqualTo(last.endpoint());
    assertThat(decision.status().publicURL()).isEqualTo(last.publicURL());
    assertThat(decision.status().vaultSecrets()).isEqualTo(last.vaultSecrets());
  }

  @Test
  void rulesThatNgrokWouldRefuseAreRefusedWithTheirPath() {
    // Given
    ServiceScene scene =
        scene(
                web()
                    .trafficPolicy(
                        """
                        on_http_request:
                        - expressions: ["req.method == "]
                          actions: [{type: deny, config: {status_code: [99]}}]
                        - actions: [{type: forward-internal, config: {url: "https://a.internal"}}]
                        - actions: [{type: log, config: {metadata: a}}]
                        - actions: [{type: redirect, config: {to: [a]}}]
                        """)
                    .status(lastStatus()))
            .domain("*.api.com");
    scene.endpoint("ep_1", URL, scene.mark(), "{}");
    // When
    Verdict accepted = accepted(scene);
    // Then
    assertThat(accepted.reason()).isEqualTo(Reason.Invalid);
    assertThat(accepted.message())
        .startsWith("spec.trafficPolicy.on_http_request[0].expressions[0]: ")
        .contains("; spec.trafficPolicy.on_http_request[0].actions[0].config.status_code: ")
        .contains("; spec.trafficPolicy.on_http_request[1]")
        .matches("(?s).*; and \\d more\\. An older policy stays in force\\.");
    assertThat(scene.decide().steps()).isEmpty();
    assertThat(scene.decide().status().endpoint()).isEqualTo(lastStatus().endpoint());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "${secrets.get('clinicnet_i', 'clinics/other/oauth_client_secret')}",
        "${secrets.get('other', 'clinics/web/oauth_client_secret')}",
      })
  void rulesReadNoSecretOfOthers(String value) {
    ServiceScene scene =
        scene(
            web()
                .trafficPolicy(
                    "on_http_request: [{actions: [{type: add-headers, config: {headers: {x-a: \""
                        + value
                        + "\"}}}]}]"));

    assertThat(accepted(scene).reason()).isEqualTo(Reason.Invalid);
    assertThat(accepted(scene).message())
        .startsWith("spec.trafficPolicy.on_http_request[0].actions[0].config.headers");
  }

  /** {@code import} writes such a host where it does not know the upstream. */
  @Test
  void anUpstreamThatIsToBeFilledInIsTold() {
    ServiceScene scene = scene(web().upstream("http://fill-in.invalid:80")).domain("*.api.com");

    assertThat(accepted(scene).isTrue()).isTrue();
    assertThat(accepted(scene).message()).contains("Warning: spec.upstream.url leads to a host");
  }

  @Test
  void whatIsProbablyNotMeantIsToldAndDone() {
    // Given
    ServiceScene scene =
        scene(
                web()
                    .access("allowCIDRs: [203.0.113.0/24]")
                    .trafficPolicy(
                        "on_http_request: [{expressions: [\"req.metod == 'GET'\"],"
                            + " actions: [{type: deny}]}]"))
            .domain("*.api.com");
    // Then
    assertThat(accepted(scene).isTrue()).isTrue();
    assertThat(accepted(scene).message())
        .startsWith("The manifest is valid")
        .contains(" Warning: spec.access.allowCIDRs lists IPv4 networks only")
        .contains(" Warning: spec.trafficPolicy.on_http_request[0].expressions[0]: ")
        .endsWith("unknown variable req.metod; did you mean req.method?");
    assertThat(scene.steps()).containsExactly("create endpoints " + URL);
  }

  @Test
  void anExpiryIsToldAndWakesTheReconciler() {
    // Given
    Instant end = Instant.parse("2046-01-01T00:00:00Z");
    ServiceDecision decision = everything().decide();
    // Then
    assertThat(decision.assessment().get(ConditionType.CertificatesCurrent).orElseThrow().reason())
        .isEqualTo(Reason.CertificatesCurrent);
    assertThat(decision.requeueAt()).contains(end.minus(Duration.ofDays(30)));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whileTheServiceIsRefusedTheExpiryIsStillTold(boolean reference) {
    // Given
    ServiceScene scene = reference ? withoutSecret() : unlisted();
    // When
    ServiceDecision decision = scene.decide();
    // Then
    Instant end = Instant.parse("2046-01-01T00:00:00Z");
    assertThat(
            decision
                .assessment()
                .fails(reference ? ConditionType.ResolvedRefs : ConditionType.Accepted))
        .isTrue();
    assertThat(decision.assessment().get(ConditionType.CertificatesCurrent).orElseThrow().reason())
        .isEqualTo(Reason.CertificatesCurrent);
    assertThat(decision.expiry()).as("for the metric").contains(end);
    assertThat(decision.requeueAt()).contains(end.minus(Duration.ofDays(30)));
  }

  @Test
  void whileACertificateCannotBeReadNoOtherIsToldInItsPlace() {
    // Given
    ServiceScene scene = everything().configMap("cas", Map.of("staff", "not a certificate"));
    // Then
    assertThat(scene.decide().assessment().fails(ConditionType.ResolvedRefs)).isTrue();
    assertThat(scene.decide().expiry()).isEmpty();
  }

  /** The Clinic does not list the host. */
  private static ServiceScene unlisted() {
    return everything(clinic("clinic1").status(ServiceScene.accepted(true)).build());
  }

  private static ServiceScene withoutSecret() {
    return everything().secret("login", "1", Map.of());
  }

  private static ServiceScene everything() {
    return everything(
        clinic("clinic1").shared("*.api.com").status(ServiceScene.accepted(true)).build());
  }

  private static ServiceScene everything(Clinic clinic) {
    ServiceScene scene =
        ServiceScene.of(
            service("web")
                .https("web.api.com", "/api")
                .access(EVERYTHING)
                .trafficPolicy(
                    "on_http_request: [{name: mark, actions: [{type: add-headers, config:"
                        + " {headers: {x-site: '1'}}}]}]")
                .build());
    return scene
        .in(clinic)
        .domain("*.api.com")
        .vault("v_1", "clinicnet_i", Mark.shared("i"))
        .configMap("cas", Map.of("staff", Fixtures.read("staff-ca.crt")))
        .secret("login", "1", Map.of("secret", PLANTED));
  }

  private static String secret() {
    return "clinics/web/oauth_client_secret";
  }

  private static ServiceBuilder web() {
    return service("web").https("web.api.com");
  }

  private static ServiceScene scene(ServiceBuilder builder) {
    return ServiceScene.of(builder.build())
        .in(clinic("clinic1").shared("*.api.com").status(ServiceScene.accepted(true)).build());
  }

  private static ClinicServiceStatus lastStatus() {
    return serviceStatus()
        .internalURL("https://web.clinic1.internal")
        .publicURL(URL)
        .endpoint(new EndpointStatus("ep_1", "0123456789abcdef", ContentHash.of("{}")))
        .vaultSecrets(List.of(new VaultSecretStatus(secret(), "s_1")))
        .build();
  }

  private static Verdict accepted(ServiceScene scene) {
    return scene.decide().assessment().get(ConditionType.Accepted).orElseThrow();
  }

  /** The policy with which the endpoint is created, when everything else exists. */
  private static String policyCreatedBy(ServiceScene scene) {
    return scene.decide().steps().stream()
        .filter(step -> step instanceof Step.Create<?, ?>)
        .map(step -> ((Step.Create<?, ?>) step).body())
        .filter(Endpoint.Create.class::isInstance)
        .map(body -> ((Endpoint.Create) body).trafficPolicy())
        .findFirst()
        .orElseThrow();
  }
}
