package dev.clinicnet.operator.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinicnet.operator.simulator.SimulatorClient.Answer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DomainCertificatesTest extends SimulatorTest {
  private static final String CERTIFICATE = "cert_2aBcDeFgHiJkLmNoPqRsTuVwXyZ";
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

  @Test
  void takesEitherACertificateOrAPolicy() {
    assertThat(
            refusal(
                "/reserved_domains",
                "domain",
                "a.example.com",
                "certificate_id",
                CERTIFICATE,
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
    assertThat(refusal("/reserved_domains", "domain", "a.ngrok.app", "certificate_id", CERTIFICATE))
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
    client.patch(path, "{\"certificate_id\":\"" + CERTIFICATE + "\"}");
    assertThat(domain(managed).at("/certificate/id").asText()).isEqualTo(CERTIFICATE);
    assertThat(client.delete(path + "/certificate").status()).isEqualTo(204);
    assertThat(domain(managed).get("certificate").isNull()).isTrue();
  }
}
