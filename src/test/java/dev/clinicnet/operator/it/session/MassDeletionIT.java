package dev.clinicnet.operator.it.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Conditions;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.operator.ngrok.BudgetOptions;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.Site;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A site is cut off while hundreds of deletions wait for the account's budget. */
class MassDeletionIT extends InOneNamespace {
  private static final int BULK = 70;
  private static final int SERVICES = 3;
  private static final Duration SECONDS = Duration.ofSeconds(8);

  @Test
  void aSiteIsCutOffWithinSecondsWhileHundredsOfDeletionsWait() {
    converge();
    try (ClinicOperator operator = smallBudget()) {
      deleteTheOthers();
      eventually(() -> assertThat(deletionsThatWait()).isGreaterThan(BULK));

      long start = System.nanoTime();
      manifests.annotateClinic("one", "clinicnet.dev/quarantine", "true");
      await()
          .pollInterval(Duration.ofMillis(50))
          .atMost(SECONDS)
          .until(() -> isClosed() && !hasToken());
      System.out.printf(
          "quarantine among %d deletions: cut off after %.2f s%n",
          BULK * (SERVICES + 1), (System.nanoTime() - start) / 1e9);

      assertThat(deletionsThatWait()).as("they still wait").isGreaterThan(BULK);
      manifests.awaitClinic("one", ConditionType.Programmed, "Quarantined");
      manifests.awaitService("one-api", ConditionType.Programmed, "Quarantined");
      assertThat(operator.httpPort()).isPositive();
    }
  }

  private void converge() {
    manifests.applyText(Site.sharing("one") + "---\n" + Site.api("one"));
    for (int i = 0; i < BULK; i++) {
      manifests.applyText(clinic("bulk" + i));
    }
    try (ClinicOperator operator = operator().start()) {
      await()
          .atMost(Duration.ofMinutes(2))
          .pollInterval(Duration.ofMillis(500))
          .until(() -> account.all("endpoints").size() == 1 + BULK * SERVICES);
      manifests.awaitAllReady();
      assertThat(operator.httpPort()).isPositive();
    }
  }

  private static String clinic(String name) {
    StringBuilder all = new StringBuilder(Site.sharing(name));
    for (int i = 0; i < SERVICES; i++) {
      String service = name + "-s" + i;
      all.append("---\n").append(Site.https(service, name, service + ".api.example.com"));
    }
    return all.toString();
  }

  /** An operator with 40 requests a minute, half of which count as used. */
  private ClinicOperator smallBudget() {
    return operator()
        .withBudget(BudgetOptions.perMinute(40))
        .withIntervals(Duration.ofHours(1), Duration.ofHours(1))
        .start();
  }

  private void deleteTheOthers() {
    for (int i = 0; i < BULK; i++) {
      manifests.deleteClinic("bulk" + i);
      for (int j = 0; j < SERVICES; j++) {
        manifests.deleteService("bulk" + i + "-s" + j);
      }
    }
  }

  private long deletionsThatWait() {
    return manifests.services().stream()
        .filter(
            service ->
                Conditions.says(
                    Conditions.of(service), ConditionType.Programmed, Reason.WaitingForBudget))
        .count();
  }

  private boolean isClosed() {
    JsonNode endpoint = the("endpoints", "url", "https://one.api.example.com");
    return !endpoint.path("traffic_policy").asText().contains("forward-internal");
  }

  private boolean hasToken() {
    return account.all("credentials").stream().anyMatch(row -> "one".equals(mark(row).clinic()));
  }
}
