package dev.clinicnet.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinicnet.simulator.SimulatorClient.Answer;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.junit.jupiter.api.Test;

class KubernetesOperatorsTest extends SimulatorTest {

  private Answer operator(Object... binding) {
    return created(
        "/kubernetes_operators",
        "deployment",
        Map.of("name", "n", "namespace", "ns", "version", "1", "cluster_name", "c"),
        "enabled_features",
        List.of("Ingress", "Bindings"),
        "binding",
        SimulatorClient.object(binding));
  }

  private static String signingRequest() throws GeneralSecurityException, IOException {
    return signingRequest(new X500Principal("CN=ngrok-operator"));
  }

  private static String signingRequest(X500Principal subject)
      throws GeneralSecurityException, IOException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    KeyPair keys = generator.generateKeyPair();
    try {
      byte[] request =
          new JcaPKCS10CertificationRequestBuilder(subject, keys.getPublic())
              .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()))
              .getEncoded();
      return "-----BEGIN CERTIFICATE REQUEST-----\n"
          + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(request)
          + "\n-----END CERTIFICATE REQUEST-----\n";
    } catch (OperatorCreationException e) {
      throw new GeneralSecurityException(e);
    }
  }

  @Test
  void registerAndAreListed() {
    Answer operator =
        client.post(
            "/kubernetes_operators",
            "{\"deployment\":{\"name\":\"n\",\"namespace\":\"ns\"},\"region\":\"\","
                + "\"enabled_features\":[\"Ingress\"]}");
    assertThat(operator.status()).isEqualTo(201);
    assertThat(operator.body().at("/enabled_features/0").asText()).isEqualTo("ingress");
    assertThat(operator.text("region")).isEqualTo("global");
    assertThat(operator.body().at("/binding/endpoint_selectors").isNull()).isTrue();
    String path = "/kubernetes_operators/" + operator.id();
    assertThat(client.get(path + "/bound_endpoints").body().get("endpoints")).isEmpty();
    assertThat(client.get("/kubernetes_operators").body().get("operators")).hasSize(1);
  }

  @Test
  void mustBeValid() {
    assertThat(refusal("/kubernetes_operators", "deployment", Map.of("name", "n")))
        .isEqualTo("ERR_NGROK_19002");
    assertThat(
            refusal(
                "/kubernetes_operators",
                "deployment",
                Map.of("name", "n", "namespace", "ns"),
                "enabled_features",
                List.of("magic")))
        .isEqualTo("ERR_NGROK_19002");
  }

  @Test
  void aChangeKeepsWhatItLeavesOut() {
    // Given
    Answer operator = operator("endpoint_selectors", List.of("true"));
    // When
    JsonNode patched =
        client
            .patch(
                "/kubernetes_operators/" + operator.id(),
                "{\"id\":\""
                    + operator.id()
                    + "\",\"description\":\"d\",\"deployment\":{\"version\":\"2\"},"
                    + "\"binding\":{\"ingress_endpoint\":\"in.example.com:443\"}}")
            .body();
    // Then
    assertThat(patched.get("description").asText()).isEqualTo("d");
    assertThat(patched.get("deployment"))
        .isEqualTo(
            SimulatorClient.object(
                "name", "n", "namespace", "ns", "version", "2", "cluster_name", "c"));
    assertThat(patched.at("/binding/endpoint_selectors/0").asText()).isEqualTo("true");
    assertThat(patched.at("/binding/ingress_endpoint").asText()).isEqualTo("in.example.com:443");
    assertThat(
            patchRefusal(
                "/kubernetes_operators/" + operator.id(), "id", "k8sop_2aBcDeFgHiJkLmNoPqRsTuVwX"))
        .isEqualTo("ERR_NGROK_215");
  }

  @Test
  void aSigningRequestBringsACertificateThatStays() throws Exception {
    // Given
    String request = signingRequest();
    Answer operator = operator("csr", request);
    JsonNode certificate = operator.body().at("/binding/cert");
    String path = "/kubernetes_operators/" + operator.id();
    // When
    JsonNode again =
        client
            .patch(path, SimulatorClient.object("binding", Map.of("csr", request)).toString())
            .body();
    JsonNode renewed =
        client
            .patch(
                path, SimulatorClient.object("binding", Map.of("csr", signingRequest())).toString())
            .body();
    // Then
    assertThat(Pem.certificate(certificate.get("cert").asText()).getSubjectX500Principal())
        .isEqualTo(new X500Principal("CN=ngrok-operator"));
    assertThat(certificate.get("not_after").asText()).isEqualTo("2026-04-02T03:04:05Z");
    assertThat(again.at("/binding/cert")).isEqualTo(certificate);
    assertThat(renewed.at("/binding/cert/cert")).isNotEqualTo(certificate.get("cert"));
    assertThat(patchRefusal(path, "binding", Map.of("csr", "text"))).isEqualTo("ERR_NGROK_19001");
  }

  /** The request of ngrok's Kubernetes operator 0.22 (observed). */
  @Test
  void aSigningRequestWithoutSubjectBringsACertificateToo() throws Exception {
    Answer operator = operator("csr", signingRequest(new X500Principal("")));

    String certificate = operator.body().at("/binding/cert/cert").asText();

    assertThat(Pem.certificate(certificate).getSubjectX500Principal())
        .isEqualTo(new X500Principal("CN=Simulated client"));
  }

  @Test
  void endpointsOfTheClusterAreBoundBySelectors() {
    // Given
    String staging = kubernetes("tcp://db.staging:5432");
    String production = kubernetes("tcp://db.production:5432");
    // When
    Answer all = operator("endpoint_selectors", List.of("true"));
    Answer some = operator("endpoint_selectors", List.of("endpoint.url.contains('.staging')"));
    // Then
    assertThat(bound(all)).containsExactlyInAnyOrder(staging, production);
    assertThat(bound(some)).containsExactly(staging);
    assertThat(
            patchRefusal(
                "/kubernetes_operators/" + all.id(),
                "binding",
                Map.of("endpoint_selectors", List.of("endpoint ."))))
        .isEqualTo("ERR_NGROK_19003");
  }

  private String kubernetes(String url) {
    return created(
            "/endpoints",
            "url",
            url,
            "type",
            "",
            "bindings",
            List.of("kubernetes"),
            "traffic_policy",
            CLOSE)
        .id();
  }

  private List<String> bound(Answer operator) {
    return client
        .get("/kubernetes_operators/" + operator.id() + "/bound_endpoints")
        .body()
        .get("endpoints")
        .findValuesAsText("id");
  }
}
