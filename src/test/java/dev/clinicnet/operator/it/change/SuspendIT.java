package dev.clinicnet.operator.it.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.Site;
import org.junit.jupiter.api.Test;

/** A suspended Clinic is observed and reported, and nothing of it is changed. */
@SuppressWarnings("try") // An operator only has to run.
class SuspendIT extends InOneNamespace {

  @Test
  void aNewSiteWaitsAndSaysForWhat() {
    manifests.applyText(Site.all("one"));
    manifests.applyText(Site.clinic("one", "suspend: true"));
    try (ClinicOperator operator = watchfulOperator().start()) {
      manifests.awaitClinic("one", ConditionType.Programmed, "Suspended");
      eventually(
          () ->
              assertThat(manifests.clinicSays("one", ConditionType.Programmed))
                  .contains("create reserved_domains one.example.org"));
      manifests.awaitService("one-db", ConditionType.Programmed, "Suspended");
      awaitSweeps(3);
      assertThat(account.writes()).isEmpty();
      assertThat(manifests.secret("one-site-kit")).isNull();

      manifests.applyText(Site.clinic("one"));
      manifests.awaitAllReady();
      assertThat(account.all("endpoints")).hasSize(3);
    }
  }

  @Test
  void changesAndDriftAreHeldBackUntilItIsResumed() {
    manifests.applyText(Site.all("one"));
    try (ClinicOperator operator = operator().start()) {
      manifests.awaitAllReady();
      String kit = manifests.file("one-site-kit", "ngrok.yml");
      manifests.applyText(Site.clinic("one", "suspend: true"));
      manifests.applyText(Site.https("one-api", "one", "moved.api.example.com"));
      manifests.applyText(
          Site.service(
              "one-web", "one", "http://10.9.9.9:99", "expose: {https: {host: one.example.org}}"));
      manifests.applyText(Site.https("one-new", "one", "new.api.example.com"));
      // Before that, the operator would create the credential again.
      manifests.awaitClinic("one", ConditionType.Programmed, "Suspended");
      account.call("DELETE", "/credentials/" + id(only("credentials")), null);
      account.forgetRequests();

      operator.refresh();
      manifests.awaitService("one-api", ConditionType.Programmed, "Suspended");
      manifests.awaitService("one-new", ConditionType.Programmed, "Suspended");
      manifests.awaitClinic("one", ConditionType.Programmed, "Suspended");
      // It may say Suspended before it has seen the change.
      eventually(
          () -> {
            assertThat(manifests.serviceSays("one-api", ConditionType.Programmed))
                .contains("update endpoints https://moved.api.example.com");
            assertThat(manifests.clinicSays("one", ConditionType.Programmed))
                .contains("create credentials");
          });
      assertThat(account.writes()).isEmpty();
      assertThat(manifests.file("one-site-kit", "ngrok.yml")).isEqualTo(kit);

      manifests.applyText(Site.clinic("one"));
      manifests.awaitAllReady();
      assertThat(account.names("endpoints", "url"))
          .contains("https://moved.api.example.com", "https://new.api.example.com");
      assertThat(manifests.file("one-site-kit", "ngrok.yml")).contains("10.9.9.9:99");
    }
  }
}
