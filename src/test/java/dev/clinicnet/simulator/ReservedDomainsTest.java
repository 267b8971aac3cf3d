package dev.clinicnet.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.simulator.SimulatorClient.Answer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReservedDomainsTest extends SimulatorTest {

  @ParameterizedTest
  @CsvSource({
    "a.*.example.com, ERR_NGROK_402",
    "a*.example.com, ERR_NGROK_403",
    "x.ngrok.com, ERR_NGROK_404",
    "a!b.example.com, ERR_NGROK_406",
    "clinic1.internal, ERR_NGROK_411",
    "*.com, ERR_NGROK_416",
    "*.ngrok.app, ERR_NGROK_416",
    "a_b.example.com, ERR_NGROK_438",
    "example, ERR_NGROK_411",
    "single, ERR_NGROK_448",
    "-a.example.com, ERR_NGROK_448",
    "'', ERR_NGROK_448",
  })
  void refusesNamesThatCannotBeReserved(String name, String code) {
    assertThat(refusal("/reserved_domains", "domain", name)).isEqualTo(code);
  }

  @Test
  void refusesANameThatIsTooLong() {
    String name = "a.".repeat(150) + "com";
    assertThat(refusal("/reserved_domains", "domain", name)).isEqualTo("ERR_NGROK_423");
  }

  @Test
  void normalisesTheName() {
    Answer domain = created("/reserved_domains", "domain", " API.Clinicnet.COM. ");
    assertThat(domain.text("domain")).isEqualTo("api.clinicnet.com");
  }

  @Test
  void reservesANameOnce() {
    created("/reserved_domains", "domain", "api.clinicnet.com");
    assertThat(refusal("/reserved_domains", "domain", "API.clinicnet.com"))
        .isEqualTo("ERR_NGROK_413");
  }

  @Test
  void tellsACustomDomainItsCnameTargetAndIgnoresTheRegion() {
    Answer domain = created("/reserved_domains", "domain", "api.clinicnet.com", "region", "us");
    assertThat(domain.text("cname_target")).endsWith(".ngrok-cname.com");
    assertThat(domain.body().get("acme_challenge_cname_target").isNull()).isTrue();
    assertThat(domain.text("region")).isEmpty();
    assertThat(domain.body().has("description")).isFalse();
  }

  @Test
  void tellsACustomWildcardItsChallengeTarget() {
    Answer domain = created("/reserved_domains", "domain", "*.api.clinicnet.com");
    assertThat(domain.text("acme_challenge_cname_target")).endsWith(".ngrok-cname.com");
  }

  @Test
  void givesAnNgrokDomainNeitherTargetNorPolicy() {
    Answer domain = created("/reserved_domains", "domain", "clinic1.ngrok.app");
    for (String name :
        List.of(
            "cname_target",
            "certificate",
            "certificate_management_policy",
            "certificate_management_status")) {
      assertThat(domain.body().has(name)).isTrue();
      assertThat(domain.body().get(name).isNull()).as(name).isTrue();
    }
  }

  @Test
  void refusesBadRegionsAndResolvers() {
    assertThat(refusal("/reserved_domains", "domain", "a.example.com", "region", "mars"))
        .isEqualTo("ERR_NGROK_400");
    assertThat(
            refusal(
                "/reserved_domains",
                "domain",
                "a.example.com",
                "resolves_to",
                List.of(Map.of("value", "eu"), Map.of("value", "eu"))))
        .isEqualTo("ERR_NGROK_456");
  }

  @Test
  void refusesLongTexts() {
    assertThat(
            refusal("/reserved_domains", "domain", "a.example.com", "description", "x".repeat(256)))
        .isEqualTo("ERR_NGROK_420");
    assertThat(
            refusal("/reserved_domains", "domain", "a.example.com", "metadata", "x".repeat(4097)))
        .isEqualTo("ERR_NGROK_421");
  }

  @Test
  void patchesWhatIsNamedAndClearsWhatIsEmpty() {
    Answer domain =
        created(
            "/reserved_domains",
            "domain",
            "a.example.com",
            "description",
            "d",
            "metadata",
            "m",
            "resolves_to",
            List.of(Map.of("value", "eu")));
    String path = "/reserved_domains/" + domain.id();
    Answer patched = client.patch(path, "{\"metadata\":\"\",\"resolves_to\":[]}");
    assertThat(patched.status()).isEqualTo(200);
    assertThat(patched.text("description")).isEqualTo("d");
    assertThat(patched.body().has("metadata")).isFalse();
    assertThat(patched.body().has("resolves_to")).isFalse();
    assertThat(patchRefusal(path)).isEqualTo("ERR_NGROK_422");
    assertThat(patchRefusal(path, "domain", "b.example.com")).isEqualTo("ERR_NGROK_214");
  }

  @Test
  void showsResolversOnlyWhereThereAreSome() {
    Answer domain = created("/reserved_domains", "domain", "a.example.com", "region", "");
    assertThat(domain.body().has("resolves_to")).isFalse();
    List<Map<String, String>> resolvers =
        List.of(Map.of("value", "us-cal-1"), Map.of("value", "192.0.2.1:1234"));
    Answer pinned =
        client.patch(
            "/reserved_domains/" + domain.id(),
            SimulatorClient.object("resolves_to", resolvers).toString());
    assertThat(pinned.body().at("/resolves_to/1/value").asText()).isEqualTo("192.0.2.1:1234");
  }

  @Test
  void keepsADomainWhileACloudEndpointNamesIt() {
    Answer domain = usableDomain("*.api.clinicnet.com");
    Answer endpoint =
        created("/endpoints", "url", "https://clinic1.api.clinicnet.com", "traffic_policy", DENY);
    String path = "/reserved_domains/" + domain.id();
    assertThat(refusal(client.delete(path))).isEqualTo("ERR_NGROK_446");
    assertThat(client.delete("/endpoints/" + endpoint.id()).status()).isEqualTo(204);
    assertThat(client.delete(path).status()).isEqualTo(204);
    assertThat(client.delete(path).status()).isEqualTo(404);
  }

  @Test
  void stopsAtThePlanLimit() {
    client.post("/_simulator/plan-limits", "{\"reserved_domains\":1}");
    created("/reserved_domains", "domain", "a.example.com");
    assertThat(refusal("/reserved_domains", "domain", "b.example.com")).isEqualTo("ERR_NGROK_415");
  }
}
