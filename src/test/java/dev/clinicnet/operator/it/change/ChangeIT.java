package dev.clinicnet.operator.it.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.Site;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A change of a manifest costs exactly the requests that it needs. */
@SuppressWarnings("try") // An operator only has to run.
class ChangeIT extends InOneNamespace {
  private static final Map<String, Integer> ONE_PATCH = Map.of("PATCH /endpoints/{id}", 1);
  private static final String EXPOSED =
      "expose: {https: {host: one.api.example.com, paths: [/api]}}";

  @Test
  void aChangeOfTheUpstreamConcernsTheSiteKitOnly() {
    String kit = onAConvergedSite(service("http://10.0.0.9:9090", EXPOSED), Map.of());

    assertThat(kit).contains("10.0.0.9:9090");
  }

  @Test
  void aChangeOfAPathIsOneRequest() {
    onAConvergedSite(
        service(
            "http://10.0.0.1:8080",
            "expose: {https: {host: one.api.example.com, paths: [/api, /v2]}}"),
        ONE_PATCH);
    assertThat(only("endpoints").path("traffic_policy").asText()).contains("/v2");
  }

  @Test
  void aChangeOfAnAllowedRangeIsOneRequest() {
    onAConvergedSite(
        service("http://10.0.0.1:8080", EXPOSED, "access: {allowCIDRs: [198.51.100.0/24]}"),
        ONE_PATCH);
    assertThat(only("endpoints").path("traffic_policy").asText()).contains("198.51.100.0/24");
  }

  @Test
  void aChangeOfTheHostIsOneRequest() {
    onAConvergedSite(
        service(
            "http://10.0.0.1:8080",
            "expose: {https: {host: other.api.example.com, paths: [/api]}}"),
        ONE_PATCH);
    assertThat(only("endpoints").path("url").asText()).isEqualTo("https://other.api.example.com");
  }

  @Test
  void nothingIsExposedAnyMoreIsOneRequest() {
    onAConvergedSite(service("http://10.0.0.1:8080"), Map.of("DELETE /endpoints/{id}", 1));
    assertThat(account.all("endpoints")).isEmpty();
  }

  @Test
  void anotherKindOfExposureReplacesTheEndpointAndKeepsTheAddress() {
    manifests.applyText(Site.clinic("one"));
    manifests.applyText(Site.db("one"));
    try (ClinicOperator operator = operator().start()) {
      manifests.awaitAllReady();
      String address = id(only("reserved_addrs"));
      account.forgetRequests();

      manifests.applyText(
          Site.service(
              "one-db",
              "one",
              "http://10.0.0.2:80",
              "expose: {https: {host: db.api.example.com}}"));
      manifests.awaitAllReady();
      assertThat(account.writes())
          .isEqualTo(Map.of("POST /endpoints", 1, "DELETE /endpoints/{id}", 1));
      manifests.applyText(Site.db("one"));
      manifests.awaitAllReady();

      assertThat(id(only("reserved_addrs"))).isEqualTo(address);
      assertThat(only("endpoints").path("url").asText()).startsWith("tcp://");
    }
  }

  private String onAConvergedSite(String changed, Map<String, Integer> writes) {
    manifests.applyText(Site.clinic("one"));
    manifests.applyText(service("http://10.0.0.1:8080", EXPOSED));
    try (ClinicOperator operator = operator().start()) {
      manifests.awaitAllReady();
      String before = manifests.file("one-site-kit", "ngrok.yml");
      account.forgetRequests();

      manifests.applyText(changed);
      manifests.awaitAllReady();
      if (writes.isEmpty()) {
        eventually(
            () -> assertThat(manifests.file("one-site-kit", "ngrok.yml")).isNotEqualTo(before));
      }
      assertThat(account.requests()).isEqualTo(writes);
      return manifests.file("one-site-kit", "ngrok.yml");
    }
  }

  private static String service(String upstream, String... spec) {
    return Site.service("one-api", "one", upstream, spec);
  }
}
