package dev.clinicnet.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinicnet.operator.certificate.Fixtures;
import dev.clinicnet.simulator.SimulatorClient.Answer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DomainCertificatesTest extends SimulatorTest {
  private static final String ABSENT = "cert_2aBcDeFgHiJkLmNoPqRsTuVwXyZ";
  private static final String JOB = "/certificate_management_status/provisioning_job";

  private JsonNode domain(Answer created) {
    return client.get("/reserved_domains/" + created.id()).body();
  }

  @Test
  void startsWithAJobAndEndsWithACertificate() {
    Answer domain = created("/reserved_domains", "domain", "a.example.com");
    assertThat(domain.body().at("/certificate_management_policy/private_key_type").asText())
        .isEqualTo("ecdsa");
    assertThat(domain.body().get("certificate").isNull()).isTrue();
    assertThat(domain.body().at(JOB + "/error_code").isNull()).isTrue();
    assertThat(domain.body().at(JOB + "/started_at").asText()).isEqualTo("2026-01-02T03:04:05Z");
    clock.advance(CERTIFICATE_DELAY);
    assertThat(domain(domain).at("/certificate/id").asText()).startsWith("cert_");
    assertThat(domain(domain).at(JOB).isNull()).isTrue();
    assertThat(domain(domain).at("/certificate_management_status/renews_at").asText())
        .isEqualTo("2026-03-03T03:04:15Z");
  }

  @ParameterizedTest
  @ValueSource(strings = {"*.example.com", "%2A.example.com"})
  void waitsForDnsAsLongAsItIsWrong(String name) {
    String dns = "/_simulator/domains/" + name.replace("*", "%2A") + "/dns";
    assertThat(client.post(dns, "{\"error\":\"DNS_ERROR\",\"msg\":\"no CNAME\"}").status())
        .isEqualTo(204);
    Answer domain = created("/reserved_domains", "domain", "*.example.com");
    clock.advance(CERTIFICATE_DELAY);
    assertThat(domain(domain).at(JOB + "/error_code").asText()).isEqualTo("DNS_ERROR");
    assertThat(domain(domain).at(JOB + "/msg").asText()).isEqualTo("no CNAME");
    assertThat(domain(domain).at(JOB + "/retries_at").asText()).isNotEmpty();
    client.post(dns, "{\"error\":null}");
    assertThat(domain(domain).at(JOB + "/error_code").isNull()).isTrue();
    assertThat(domain(domain).get("certificate").isNull()).isTrue();
    clock.advance(CERTIFICATE_DELAY);
    assertThat(domain(domain).get("certificate").isNull()).isFalse();
  }

  private String uploaded() {
    return created(
            "/tls_certificates",
            "certificate_pem",
            Fixtures.read("ec.crt"),
            "private_key_pem",
            Fixtures.read("ec.sec1.key"))
        .id();
  }

  @Test
  void theCertificateCanBeRead() {
    Answer domain = created("/reserved_domains", "domain", "*.example.com");
    clock.advance(CERTIFICATE_DELAY);
    String path = "/tls_certificates/" + domain(domain).at("/certificate/id").asText();
    assertThat(domain(domain).at("/certificate/uri").asText()).endsWith(path);
    JsonNode certificate = client.get(path).body();
    assertThat(certificate.at("/subject_alternative_names/dns_names/0").asText())
        .isEqualTo("*.example.com");
    assertThat(certificate.get("issued_at").asText()).isEqualTo("2026-01-02T03:04:15Z");
    assertThat(certificate.get("private_key_type").asText()).isEqualTo("ecdsa");
    assertThat(certificate.get("extended_key_usages").toString()).isEqualTo("[\"server_auth\"]");
    assertThat(refusal(client.delete(path))).isEqualTo("ERR_NGROK_1966");
    client.delete("/reserved_domains/" + domain.id());
    assertThat(client.get(path).status()).isEqualTo(404);
  }

  @Test
  void whatIsAlreadySoChangesNothing() {
    Answer domain = created("/reserved_domains", "domain", "a.example.com");
    clock.advance(CERTIFICATE_DELAY);
    String path = "/reserved_domains/" + domain.id();
    String certificate = domain(domain).at("/certificate/id").asText();
    Map<String, String> policy = Map.of("authority", "letsencrypt");
    Answer patched =
        client.patch(
            path,
            SimulatorClient.object(
                    "certificate_id", certificate, "certificate_management_policy", policy)
                .toString());
    assertThat(patched.body().at("/certificate/id").asText()).isEqualTo(certificate);
    assertThat(patched.body().at(JOB).isNull()).isTrue();
    client.patch(path, "{\"certificate_id\":\"\",\"region\":null}");
    client.patch(path, "{\"certificate_id\":\"" + certificate + "\"}");
    assertThat(domain(domain)).isEqualTo(patched.body());
  }

  @Test
  void changesFromAnUploadedCertificateToAPolicyAndToAnotherKey() {
    String upload = uploaded();
    Answer domain =
        created("/reserved_domains", "domain", "a.example.com", "certificate_id", upload);
    String path = "/reserved_domains/" + domain.id();
    Map<String, String> policy = Map.of("authority", "letsencrypt", "private_key_type", "rsa");
    Answer managed =
        client.patch(
            path,
            SimulatorClient.object(
                    "certificate_id", upload, "certificate_management_policy", policy)
                .toString());
    assertThat(managed.body().get("certificate").isNull()).isTrue();
    assertThat(client.get("/tls_certificates/" + upload).status()).isEqualTo(200);
    clock.advance(CERTIFICATE_DELAY);
    String issued = domain(domain).at("/certificate/id").asText();
    assertThat(client.get("/tls_certificates/" + issued).text("private_key_type")).isEqualTo("rsa");
    client.patch(path, "{\"certificate_management_policy\":{\"authority\":\"letsencrypt\"}}");
    assertThat(domain(domain).at("/certificate_management_policy/private_key_type").asText())
        .isEqualTo("rsa");
    assertThat(domain(domain).at("/certificate/id").asText()).isEqualTo(issued);
  }

  @Test
  void anUploadedCertificateMustExistAndLeavesItsDomains() {
    assertThat(refusal("/reserved_domains", "domain", "a.example.com", "certificate_id", ABSENT))
        .isEqualTo("ERR_NGROK_1965");
    String upload = uploaded();
    Answer domain =
        created("/reserved_domains", "domain", "a.example.com", "certificate_id", upload);
    assertThat(client.delete("/tls_certificates/" + upload).status()).isEqualTo(204);
    assertThat(domain(domain).get("certificate").isNull()).isTrue();
  }

  @Test
  void takesEitherACertificateOrAPolicy() {
    assertThat(
            refusal(
                "/reserved_domains",
                "domain",
                "a.example.com",
                "certificate_id",
                uploaded(),
                "certificate_management_policy",
                Map.of("authority", "letsencrypt")))
        .isEqualTo("ERR_NGROK_434");
    assertThat(
            refusal(
                "/reserved_domains",
                "domain",
                "a.example.com",
                "certificate_management_policy",
                Map.of("authority", "other")))
        .isEqualTo("ERR_NGROK_435");
    assertThat(
            refusal(
                "/reserved_domains",
                "domain",
                "a.example.com",
                "certificate_management_policy",
                Map.of("private_key_type", "other")))
        .isEqualTo("ERR_NGROK_215");
  }

  @Test
  void takesNeitherForAnNgrokDomain() {
    assertThat(
            refusal(
                "/reserved_domains",
                "domain",
                "a.ngrok.app",
                "certificate_management_policy",
                Map.of("authority", "letsencrypt")))
        .isEqualTo("ERR_NGROK_439");
    assertThat(refusal("/reserved_domains", "domain", "a.ngrok.app", "certificate_id", ABSENT))
        .isEqualTo("ERR_NGROK_440");
  }

  @Test
  void detachesEachInItsOwnWay() {
    Answer managed = created("/reserved_domains", "domain", "a.example.com");
    String path = "/reserved_domains/" + managed.id();
    assertThat(refusal(client.delete(path + "/certificate"))).isEqualTo("ERR_NGROK_436");
    assertThat(client.delete(path + "/certificate_management_policy").status()).isEqualTo(204);
    assertThat(domain(managed).get("certificate_management_policy").isNull()).isTrue();
    assertThat(domain(managed).get("certificate_management_status").isNull()).isTrue();
    String upload = uploaded();
    client.patch(path, "{\"certificate_id\":\"" + upload + "\"}");
    assertThat(domain(managed).at("/certificate/id").asText()).isEqualTo(upload);
    assertThat(client.delete(path + "/certificate").status()).isEqualTo(204);
    assertThat(domain(managed).get("certificate").isNull()).isTrue();
  }
}
