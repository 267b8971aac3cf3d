package dev.clinicnet.operator.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.clinicnet.operator.api.v1alpha1.AgentStatus;
import dev.clinicnet.operator.api.v1alpha1.SessionPhase;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.operator.it.drift.DriftCounts;
import dev.clinicnet.testkit.FreshNamespace;
import dev.clinicnet.testkit.Manifests;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The objects of earlier releases are those that the present code would make. */
class UpgradeIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String ANOTHER_POLICY =
      """
      {"traffic_policy": "on_http_request: [{actions: [{type: deny}]}]"}
      """;

  @RegisterExtension final FreshNamespace kubernetes = FreshNamespace.withoutControllers();

  static List<Release> releases() {
    return Release.all();
  }

  @ParameterizedTest
  @MethodSource("releases")
  void thePresentOperatorChangesNothingAtNgrokNorInASiteKit(Release release) {
    try (UpgradedRelease upgraded = UpgradedRelease.of(release, kubernetes)) {
      Manifests manifests = upgraded.manifests();
      Map<String, Map<String, String>> secrets = upgraded.secrets();
      List<String> held = upgraded.held();
      Map<String, String> sessions = upgraded.connectAgents();

      try (ClinicOperator operator = upgraded.start()) {
        upgraded.awaitSweeps();
        manifests.awaitAllReady();
        sessions.forEach((clinic, session) -> awaitSession(manifests, clinic, session));
        manifests
            .sessions()
            .forEach(s -> manifests.awaitSession(s.getMetadata().getName(), SessionPhase.Open));
        upgraded.awaitSweeps();
        assertThat(upgraded.account().writes()).isEmpty();
        assertThat(upgraded.held()).isEqualTo(held);
        assertThat(upgraded.secrets()).isEqualTo(secrets);

        assertThat(DriftCounts.of(operator)).as("an upgrade is no drift").isEmpty();

        // The operator was active: a change by somebody else is corrected and counted.
        String id = upgraded.endpoint("https://clinic1.api.clinicnet.com").path("id").asText();
        upgraded.account().call("PATCH", "/endpoints/" + id, ANOTHER_POLICY);
        await()
            .atMost(PATIENCE)
            .untilAsserted(
                () ->
                    assertThat(upgraded.account().writes())
                        .isEqualTo(Map.of("PATCH /endpoints/{id}", 2)));
        assertThat(upgraded.held()).hasSameSizeAs(held);
        assertThat(operator.httpPort()).isPositive();
      }
    }
  }

  /** The status is current, and says that nothing must be installed again. */
  private static void awaitSession(Manifests manifests, String clinic, String session) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(manifests.clinic(clinic).getStatus().agents())
                    .extracting(AgentStatus::sessionID)
                    .containsExactly(session));
    manifests.awaitClinic(clinic, ConditionType.SiteKitCurrent, "SiteKitInstalled");
  }
}
