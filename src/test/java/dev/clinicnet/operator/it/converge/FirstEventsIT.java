package dev.clinicnet.operator.it.converge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.Settled;
import dev.clinicnet.testkit.Site;
import org.junit.jupiter.api.Test;

/** The Events for people. A Warning always means that a person must act. */
@SuppressWarnings("try") // An operator only has to run.
class FirstEventsIT extends InOneNamespace {

  @Test
  void aPerfectFirstApplyWarnsOfNothing() {
    manifests.apply("examples/clinic1");

    try (ClinicOperator operator = watchfulOperator().start()) {
      manifests.awaitAllReady();
      manifests.awaitClinic("clinic1", ConditionType.DomainsReady, "DomainsReady");
      eventually(
          () ->
              assertThat(manifests.events())
                  .filteredOn(event -> event.getReason().equals("SiteKitWritten"))
                  .extracting("message")
                  .contains("The site kit is ready: install it at the site."));
      Settled.versions(manifests);
    }
    assertThat(manifests.events())
        .filteredOn(event -> event.getType().equals("Warning"))
        .extracting(event -> event.getReason() + ": " + event.getMessage())
        .isEmpty();
  }

  @Test
  void aSiteKitThatChangesSaysWhy() {
    manifests.applyText(Site.all("one"));
    try (ClinicOperator operator = watchfulOperator().start()) {
      manifests.awaitAllReady();

      manifests.applyText(
          Site.service("one-extra", "one", "http://10.0.0.3:80").replace("  \n", ""));

      eventually(
          () ->
              assertThat(manifests.events())
                  .filteredOn(event -> event.getReason().equals("SiteKitWritten"))
                  .extracting("message")
                  .contains(
                      "The site kit changed: endpoint one-extra is new. Install it at the site"
                          + " again."));
    }
  }

  @Test
  void aSuspendedClinicShowsThatItIs() {
    convergeOnce(Site.clinic("one"));
    manifests.applyText(Site.clinic("one", "suspend: true"));
    try (ClinicOperator operator = operator().start()) {
      manifests.awaitClinic("one", ConditionType.Ready, "Suspended");

      assertThat(manifests.clinicSays("one", ConditionType.Ready))
          .startsWith("True")
          .contains("changes nothing");
    }
  }
}
