package dev.clinicnet.operator.it.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.Site;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A change by hand of the objects of a refused manifest is reported, and nothing stays open. */
class TamperedWhileRefusedIT extends InOneNamespace {
  private static final String HOST = "one.api.example.com";
  private static final String URL = "https://" + HOST;
  private static final String OFFICE = "access: {allowCIDRs: [203.0.113.0/24]}";

  /** Only the operator refuses this, because it could reach another clinic. */
  private static final String BROKEN =
      "trafficPolicy: {on_http_request: [{actions: [{type: forward-internal,"
          + " config: {url: 'https://x.internal'}}]}]}";

  private static final String BARE =
      "{\"traffic_policy\": \"{\\\"on_http_request\\\":[{\\\"actions\\\":[{\\\"type\\\":"
          + "\\\"forward-internal\\\",\\\"config\\\":"
          + "{\\\"url\\\":\\\"https://web.one.internal\\\"}}]}]}\"}";

  @Test
  void aBareForwardIsClosedAndADeletedEndpointIsTold() {
    serve();
    try (ClinicOperator operator = watchfulOperator().start()) {
      manifests.awaitAllReady();
      String good = policy();
      manifests.applyText(Site.https("web", "one", HOST, OFFICE, BROKEN));
      manifests.awaitService("web", ConditionType.Accepted, "Invalid");
      awaitSweeps(2);
      assertThat(DriftCounts.of(operator)).as("the refusal itself is no drift").isEmpty();

      DriftCase.patch(account, "endpoints", "url", URL, BARE);
      manifests.awaitService("web", ConditionType.Programmed, "EndpointClosed");
      assertThat(policy()).contains("quarantine: deny everything").doesNotContain("forward");
      Map<String, Integer> counts = new TreeMap<>(Map.of("corrected endpoints traffic_policy", 1));
      assertThat(DriftCounts.of(operator)).isEqualTo(counts);
      assertThat(manifests.serviceSays("web", ConditionType.Programmed))
          .contains("traffic_policy of endpoints " + URL);
      assertThat(manifests.serviceSays("web", ConditionType.Ready)).doesNotContain("in force");
      awaitSweeps(2);
      assertThat(DriftCounts.of(operator)).as("told once").isEqualTo(counts);
      eventually(
          () ->
              assertThat(manifests.events())
                  .filteredOn(event -> event.getReason().equals("DriftCorrected"))
                  .hasSize(1));

      DriftCase.delete(account, "endpoints", "url", URL);
      manifests.awaitService("web", ConditionType.Programmed, "DriftDetected");
      counts.put("reported endpoints deleted", 1);
      assertThat(DriftCounts.of(operator)).isEqualTo(counts);
      assertThat(manifests.serviceSays("web", ConditionType.Programmed))
          .contains("endpoints " + URL + " (deleted)");
      awaitSweeps(2);
      assertThat(DriftCounts.of(operator)).as("told once").isEqualTo(counts);
      assertThat(account.names("endpoints", "url")).doesNotContain(URL);

      manifests.applyText(Site.https("web", "one", HOST, OFFICE));
      manifests.awaitAllReady();
      assertThat(policy()).isEqualTo(good);
    }
  }

  @Test
  void whereDriftIsOnlyReportedAPolicyIsLeftAndNotCalledTheLastOne() {
    serve("driftPolicy: Report");
    try (ClinicOperator operator = watchfulOperator().start()) {
      manifests.awaitAllReady();
      manifests.applyText(Site.https("web", "one", HOST, OFFICE, BROKEN));
      manifests.awaitService("web", ConditionType.Accepted, "Invalid");
      awaitSweeps(2);

      DriftCase.patch(account, "endpoints", "url", URL, BARE);
      manifests.awaitService("web", ConditionType.Programmed, "DriftDetected");
      assertThat(DriftCounts.of(operator))
          .isEqualTo(Map.of("reported endpoints traffic_policy", 1));
      assertThat(manifests.serviceSays("web", ConditionType.Accepted))
          .contains("somebody changed it by hand")
          .doesNotContain("in force");
      assertThat(policy()).contains("forward-internal").doesNotContain("restrict-ips");
    }
  }

  @Test
  void aWidenedTokenIsNarrowedThoughTheClinicIsRefusedAndALostOneIsTold() {
    account.call("POST", "/reserved_domains", "{\"domain\": \"foreign.example.net\"}");
    serve();
    try (ClinicOperator operator = watchfulOperator().start()) {
      manifests.awaitAllReady();
      manifests.applyText(
          Site.clinicWithDomains(
              "one", "[{name: '" + Site.SHARED + "', shared: true}, {name: foreign.example.net}]"));
      manifests.awaitClinic("one", ConditionType.Accepted, "DomainNotOwned");
      awaitSweeps(2);

      DriftCase.patch(account, "credentials", "", "", "{\"acl\": [\"bind:*\"]}");
      Map<String, Integer> counts = new TreeMap<>(Map.of("corrected credentials acl", 1));
      eventually(() -> assertThat(DriftCounts.of(operator)).isEqualTo(counts));
      assertThat(only("credentials").path("acl").toString()).isEqualTo("[\"bind:*.one.internal\"]");
      eventually(
          () ->
              assertThat(manifests.clinicSays("one", ConditionType.Programmed))
                  .contains("acl of credentials"));

      DriftCase.delete(account, "credentials", "", "");
      manifests.awaitClinic("one", ConditionType.Programmed, "DriftDetected");
      manifests.awaitClinic("one", ConditionType.SiteKitCurrent, "CredentialLost");
      counts.put("reported credentials deleted", 1);
      assertThat(DriftCounts.of(operator)).isEqualTo(counts);
      awaitSweeps(2);
      assertThat(DriftCounts.of(operator)).as("told once").isEqualTo(counts);
      assertThat(account.all("credentials")).isEmpty();
    }
  }

  @Test
  void aWidenedTokenIsNarrowedThoughTheClinicIsSuspendedOrOnlyReportsDrift() {
    serve("driftPolicy: Report");
    try (ClinicOperator operator = watchfulOperator().start()) {
      manifests.awaitAllReady();
      DriftCase.patch(account, "credentials", "", "", "{\"acl\": [\"bind:*.internal\"]}");
      eventually(
          () ->
              assertThat(DriftCounts.of(operator))
                  .isEqualTo(Map.of("corrected credentials acl", 1)));
      assertThat(only("credentials").path("acl").toString()).isEqualTo("[\"bind:*.one.internal\"]");

      manifests.applyText(clinic("suspend: true"));
      manifests.awaitClinic("one", ConditionType.Programmed, "Suspended");
      DriftCase.patch(account, "credentials", "", "", "{\"acl\": [\"bind:*.internal\"]}");
      eventually(
          () ->
              assertThat(DriftCounts.of(operator))
                  .isEqualTo(Map.of("corrected credentials acl", 2)));
      assertThat(only("credentials").path("acl").toString()).isEqualTo("[\"bind:*.one.internal\"]");
    }
  }

  private void serve(String... spec) {
    manifests.applyText(clinic(spec));
    manifests.applyText(Site.https("web", "one", HOST, OFFICE));
  }

  private static String clinic(String... spec) {
    return Site.clinicWithDomains("one", "[{name: '" + Site.SHARED + "', shared: true}]", spec);
  }

  private String policy() {
    return the("endpoints", "url", URL).path("traffic_policy").asText();
  }
}
