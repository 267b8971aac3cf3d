package dev.clinicnet.operator.it.delete;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.Site;
import org.junit.jupiter.api.Test;

/** Deletion in every order finishes, and leaves only shared objects. */
@SuppressWarnings("try") // An operator only has to run.
class DeletionIT extends InOneNamespace {

  @Test
  void servicesFirstAndThenTheClinic() {
    manifests.applyText(Site.all("one"));
    try (ClinicOperator operator = operator().start()) {
      manifests.awaitAllReady();

      for (String service : new String[] {"one-api", "one-web", "one-db"}) {
        manifests.deleteService(service);
        manifests.awaitServiceGone(service);
      }
      assertThat(account.all("endpoints")).isEmpty();
      assertThat(account.all("reserved_addrs")).isEmpty();
      assertThat(account.all("credentials")).hasSize(1);
      manifests.deleteClinic("one");
      manifests.awaitGone();

      assertNothingIsLeft();
    }
  }

  @Test
  void theClinicFirstWaitsForNobodyAndItsServicesKeepTheirAddresses() {
    manifests.applyText(Site.all("one"));
    try (ClinicOperator operator = operator().start()) {
      manifests.awaitAllReady();
      String address = manifests.service("one-db").getStatus().address().addr();

      manifests.deleteClinic("one");
      manifests.awaitClinicGone("one");

      assertThat(account.all("endpoints")).isEmpty();
      assertThat(account.all("credentials")).isEmpty();
      assertThat(account.all("service_users")).isEmpty();
      assertThat(account.names("reserved_domains", "domain")).containsExactly(Site.SHARED);
      assertThat(account.names("reserved_addrs", "addr")).containsExactly(address);
      for (String service : new String[] {"one-api", "one-web", "one-db"}) {
        manifests.awaitService(service, ConditionType.ResolvedRefs, "ClinicDeleting");
        assertThat(manifests.service(service).getStatus().endpoint()).isNull();
      }
      assertThat(manifests.service("one-db").getStatus().address().addr()).isEqualTo(address);

      manifests.deleteAll();
      manifests.awaitGone();
      assertNothingIsLeft();
    }
  }

  @Test
  void aClinicThatComesBackFindsItsServicesAndTheirAddress() {
    manifests.applyText(Site.all("one"));
    try (ClinicOperator operator = operator().start()) {
      manifests.awaitAllReady();
      String address = manifests.service("one-db").getStatus().address().addr();
      manifests.deleteClinic("one");
      manifests.awaitClinicGone("one");

      manifests.applyText(Site.clinic("one"));
      manifests.awaitAllReady();

      assertThat(account.names("reserved_addrs", "addr")).containsExactly(address);
      // A service may be Ready until it notices the deletion of its Clinic.
      eventually(
          () ->
              assertThat(account.names("endpoints", "url"))
                  .containsExactly(
                      "https://one.api.example.com",
                      "https://one.example.org",
                      "tcp://" + address));
    }
  }

  @Test
  void everythingAtOnce() {
    manifests.applyText(Site.all("one"));
    manifests.applyText(Site.all("two"));
    try (ClinicOperator operator = operator().start()) {
      manifests.awaitAllReady();

      manifests.deleteAll();
      manifests.awaitGone();

      assertNothingIsLeft();
    }
  }

  @Test
  void oneServiceFirstLeavesTheOthersAsTheyAre() {
    manifests.applyText(Site.all("one"));
    try (ClinicOperator operator = operator().start()) {
      manifests.awaitAllReady();
      account.forgetRequests();

      manifests.deleteService("one-web");
      manifests.awaitServiceGone("one-web");

      assertThat(account.writes()).containsOnlyKeys("DELETE /endpoints/{id}");
      assertThat(account.all("endpoints")).hasSize(2);
      manifests.awaitAllReady();
      assertThat(account.writes()).containsOnlyKeys("DELETE /endpoints/{id}");
    }
  }

  @Test
  void whatWasDeletedWhileTheOperatorWasDownGoesWhenItIsBack() {
    convergeOnce(Site.all("one"), Site.all("two"));

    manifests.deleteClinic("one");
    manifests.deleteService("one-db");
    manifests.deleteService("two-api");

    try (ClinicOperator operator = operator().start()) {
      manifests.awaitClinicGone("one");
      manifests.awaitServiceGone("one-db");
      manifests.awaitServiceGone("two-api");
      manifests.awaitService("one-api", ConditionType.ResolvedRefs, "ClinicDeleting");
      assertThat(account.names("endpoints", "url"))
          .hasSize(2)
          .contains("https://two.example.org")
          .noneMatch(url -> url.contains("one"));
      assertThat(account.all("reserved_addrs")).hasSize(1);
      assertThat(account.all("credentials")).hasSize(1);
    }
  }

  @Test
  void aClinicThatIsMissingButWasNeverSeenTerminatingChangesNothing() {
    convergeOnce(Site.all("one"));
    manifests.deleteClinic("one");
    manifests.forceClinicAway("one");
    manifests.awaitClinicGone("one");
    account.forgetRequests();

    try (ClinicOperator operator = watchfulOperator().start()) {
      for (String service : new String[] {"one-api", "one-web", "one-db"}) {
        manifests.awaitService(service, ConditionType.ResolvedRefs, "ClinicNotFound");
      }
      awaitSweeps(3);

      assertThat(account.writes()).isEmpty();
      assertThat(account.all("endpoints")).hasSize(3);
      assertThat(account.all("credentials")).hasSize(1);
      assertThat(manifests.service("one-api").getStatus().endpoint()).isNotNull();
    }
  }

  @Test
  void anAbandonedObjectGoesAndLeavesEverythingAtNgrok() {
    manifests.applyText(Site.all("one"));
    try (ClinicOperator operator = operator().start()) {
      manifests.awaitAllReady();
      account.forgetRequests();

      manifests.annotateService("one-db", "clinicnet.dev/abandon", "true");
      manifests.deleteService("one-db");
      manifests.awaitServiceGone("one-db");
      assertThat(account.writes()).isEmpty();

      manifests.annotateClinic("one", "clinicnet.dev/abandon", "true");
      manifests.deleteClinic("one");
      manifests.awaitClinicGone("one");
      manifests.awaitService("one-api", ConditionType.ResolvedRefs, "ClinicNotFound");
      manifests.awaitService("one-web", ConditionType.ResolvedRefs, "ClinicNotFound");

      assertThat(account.writes()).isEmpty();
      assertThat(account.all("endpoints")).hasSize(3);
    }
  }

  @Test
  void anAbandonedDeletionGoesOnWithoutNgrok() {
    convergeOnce(Site.all("one"));
    account.refuse("GET", "/reserved_domains", 500, "ERR_NGROK_9999");
    account.refuse("DELETE", "/endpoints/{id}", 500, "ERR_NGROK_9999");
    manifests.deleteAll();
    try (ClinicOperator operator = operator().start()) {
      manifests.awaitClinic("one", ConditionType.Programmed, "PlatformUnavailable");

      manifests.annotateClinic("one", "clinicnet.dev/abandon", "true");
      for (String service : new String[] {"one-api", "one-web", "one-db"}) {
        manifests.annotateService(service, "clinicnet.dev/abandon", "true");
      }
      manifests.awaitGone();

      assertThat(account.all("endpoints")).hasSize(3);
    }
  }

  @Test
  void suspensionDoesNotStopDeletion() {
    manifests.applyText(Site.all("one"));
    try (ClinicOperator operator = operator().start()) {
      manifests.awaitAllReady();
      manifests.applyText(Site.clinic("one", "suspend: true"));

      manifests.deleteService("one-api");
      manifests.awaitServiceGone("one-api");
      assertThat(account.all("endpoints")).hasSize(2);
      manifests.deleteAll();
      manifests.awaitGone();

      assertNothingIsLeft();
    }
  }

  private void assertNothingIsLeft() {
    assertThat(account.all("endpoints")).isEmpty();
    assertThat(account.all("reserved_addrs")).isEmpty();
    assertThat(account.all("credentials")).isEmpty();
    assertThat(account.all("service_users")).isEmpty();
    assertThat(account.names("reserved_domains", "domain"))
        .allMatch(name -> name.equals(Site.SHARED));
  }
}
