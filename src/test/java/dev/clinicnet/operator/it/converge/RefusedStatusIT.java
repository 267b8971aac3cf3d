package dev.clinicnet.operator.it.converge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.LogCapture;
import dev.clinicnet.testkit.Site;
import dev.clinicnet.testkit.StatusBan;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * An admission policy refuses every status of one service, for example a rule that was added later.
 */
@ResourceLock(value = LogCapture.LOGGERS, mode = ResourceAccessMode.READ)
class RefusedStatusIT extends InOneNamespace {
  private static final String SAID = "fake: no status for bad";

  /** The operator SDK would wait for ten seconds, with the lock of the Clinic. */
  private static final Duration SOON = Duration.ofSeconds(5);

  @AfterEach
  void removeThePolicy() {
    ban().lift();
  }

  @Test
  void nobodyWaitsForItAndItsCauseIsTold() {
    manifests.applyText(Site.clinic("one"));
    manifests.applyText(Site.https("good", "one", "good.api.example.com"));
    manifests.applyText(Site.https("bad", "one", "bad.api.example.com"));
    refuseStatusesOf("bad");
    try (LogCapture log = LogCapture.begin();
        ClinicOperator operator = operator().start()) {
      manifests.awaitService("good", ConditionType.Ready, "Programmed");
      eventually(() -> assertThat(refusals(operator)).isPositive());
      // The work at ngrok does not depend on the status.
      eventually(
          () ->
              assertThat(account.names("endpoints", "url"))
                  .contains("https://bad.api.example.com"));

      // The other service of the Clinic works while the status of this one is refused repeatedly.
      for (int i = 0; i < 4; i++) {
        double before = refusals(operator);
        manifests.applyText(Site.https("good", "one", "good-" + i + ".api.example.com"));
        String url = "https://good-" + i + ".api.example.com";
        await()
            .atMost(SOON)
            .untilAsserted(
                () -> assertThat(manifests.service("good").getStatus().publicURL()).isEqualTo(url));
        manifests.annotateService("bad", "clinicnet.dev/retry", String.valueOf(i));
        eventually(() -> assertThat(refusals(operator)).isGreaterThan(before));
      }

      List<String> lines =
          log.text().lines().filter(line -> line.contains(namespace.name() + "/bad")).toList();
      assertThat(lines)
          .filteredOn(line -> line.startsWith("WARN"))
          .singleElement()
          .asString()
          .contains("Kubernetes does not take the status", SAID);
      assertThat(lines).noneMatch(line -> line.startsWith("ERROR"));
      assertThat(log.text()).doesNotContain("Timeout of resource polling");
      assertThat(manifests.events())
          .filteredOn(event -> event.getReason().equals("StatusNotWritten"))
          .singleElement()
          .satisfies(
              event -> {
                assertThat(event.getInvolvedObject().getName()).isEqualTo("bad");
                assertThat(event.getType()).isEqualTo("Warning");
                assertThat(event.getMessage()).contains(SAID);
              });

      removeThePolicy();
      eventually(() -> assertThat(refusalOfAStatus("bad")).isEmpty());
      manifests.annotateService("bad", "clinicnet.dev/retry", "again");
      manifests.awaitAllReady();
    }
  }

  private static double refusals(ClinicOperator operator) {
    return operator
        .metrics()
        .lines()
        .filter(line -> line.startsWith("operator_writes_refused_total{kind=\"ClinicService\"}"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private StatusBan ban() {
    return new StatusBan(namespace.kubernetes(), namespace.name());
  }

  private void refuseStatusesOf(String service) {
    ban().impose(namespace.name(), service, SAID);
    eventually(() -> assertThat(refusalOfAStatus(service)).contains(SAID));
  }

  /**
   * The API server's answer to another client. Policies come into force, and end, after a moment.
   */
  private String refusalOfAStatus(String service) {
    try {
      namespace
          .admin()
          .resource(manifests.service(service))
          .subresource("status")
          .patch(
              new PatchContext.Builder()
                  .withPatchType(PatchType.JSON_MERGE)
                  .withDryRun(List.of("All"))
                  .build(),
              "{\"status\": {\"publicURL\": \"x\"}}");
      return "";
    } catch (KubernetesClientException e) {
      assertThat(e.getCode()).isEqualTo(422);
      return e.getMessage();
    }
  }
}
