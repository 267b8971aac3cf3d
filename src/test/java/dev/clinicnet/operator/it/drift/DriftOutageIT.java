package dev.clinicnet.operator.it.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.Site;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Drift is corrected, and the account cannot be listed any more before the next list. */
class DriftOutageIT extends InOneNamespace {
  /** Long enough for a list that fails to be repeated, and short for a test. */
  private static final Duration INTERVAL = Duration.ofSeconds(2);

  @Test
  void whatWasPutRightIsReadAfterTheOutageAndToldOnce() {
    manifests.applyText(Site.clinic("one"));
    manifests.applyText(Site.api("one"));
    String url = "https://one.api.example.com";
    try (ClinicOperator operator = watchful()) {
      manifests.awaitAllReady();
      awaitSweeps(2);
      account.forgetRequests();
      account.call("DELETE", "/endpoints/" + id(the("endpoints", "url", url)), null);
      eventually(() -> assertThat(account.writes()).containsKey("POST /endpoints"));
      account.refuse("GET", "/*", 401, "ERR_NGROK_206");

      manifests.awaitService("one-api", ConditionType.Programmed, "APIKeyRejected");
      assertThat(manifests.serviceSays("one-api", ConditionType.Programmed))
          .contains("last seen as DriftCorrected", "It said before: ", "endpoints " + url);
      assertThat(DriftCounts.of(operator)).isEqualTo(Map.of("corrected endpoints deleted", 1));
    }
    String words = manifests.serviceSays("one-api", ConditionType.Programmed);

    try (ClinicOperator restarted = watchful()) {
      eventually(
          () ->
              assertThat(restarted.metrics())
                  .contains("ngrok_api_key_accepted{account=\"default\"} 0.0"));
      assertThat(manifests.serviceSays("one-api", ConditionType.Programmed)).isEqualTo(words);

      account.clearFaults();

      manifests.awaitService("one-api", ConditionType.Programmed, "DriftCorrected");
      assertThat(manifests.serviceSays("one-api", ConditionType.Programmed))
          .isEqualTo("True DriftCorrected: " + words.replaceFirst(".* It said before: ", ""))
          .contains("put right at", "endpoints " + url + " (deleted)");
      awaitSweeps(2);
      assertThat(DriftCounts.of(restarted)).isEmpty();
    }
    assertThat(manifests.events())
        .filteredOn(event -> event.getReason().equals("DriftCorrected"))
        .hasSize(1);
  }

  private ClinicOperator watchful() {
    return operator().withIntervals(INTERVAL, INTERVAL).start();
  }
}
