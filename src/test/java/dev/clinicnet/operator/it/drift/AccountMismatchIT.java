package dev.clinicnet.operator.it.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.NgrokAccount;
import dev.clinicnet.testkit.Settled;
import dev.clinicnet.testkit.Site;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** With an API key of another account, nothing may be created there a second time. */
@SuppressWarnings("try") // An operator only has to run.
class AccountMismatchIT extends InOneNamespace {
  private static final String[] SERVICES = {"one-api", "one-web", "one-db"};

  @Test
  void nothingIsWrittenToAnotherAccountUntilAPersonConfirms() {
    convergeOnce(Site.all("one"));
    String kit = manifests.file("one-site-kit", "ngrok.yml");

    try (NgrokAccount other = NgrokAccount.open();
        ClinicOperator operator = operator(other.url()).withIntervals(OFTEN, OFTEN).start()) {
      manifests.awaitClinic("one", ConditionType.Programmed, "AccountMismatch");
      for (String service : SERVICES) {
        manifests.awaitService(service, ConditionType.Programmed, "AccountMismatch");
      }
      eventually(
          () ->
              assertThat(other.requests().getOrDefault("GET /reserved_addrs", 0)).isGreaterThan(5));
      assertThat(other.writes()).isEmpty();
      assertThat(manifests.file("one-site-kit", "ngrok.yml")).isEqualTo(kit);
      assertThat(manifests.service("one-db").getStatus().address().id()).isNotNull();
    }
    try (ClinicOperator operator = operator().start()) {
      manifests.awaitAllReady();
      assertThat(manifests.file("one-site-kit", "ngrok.yml")).isEqualTo(kit);
    }
  }

  /** Four ids are too few for a guess. But the status records whose account it was. */
  @Test
  void aSmallSiteIsNotMadeAgainInAnotherAccountEither() {
    convergeOnce(
        Site.sharing("one") + "---\n" + Site.https("one-api", "one", "one.api.example.com"));
    assertThat(manifests.clinic("one").getStatus().serviceUser().accountID()).isNotBlank();

    try (NgrokAccount other = NgrokAccount.open();
        ClinicOperator operator = operator(other.url()).withIntervals(OFTEN, OFTEN).start()) {
      manifests.awaitClinic("one", ConditionType.Programmed, "AccountMismatch");
      manifests.awaitService("one-api", ConditionType.Programmed, "AccountMismatch");
      assertThat(other.writes()).isEmpty();
    }
    try (ClinicOperator operator = operator().start()) {
      manifests.awaitAllReady();
    }
  }

  @Test
  void theCodeInAnAnnotationHasEverythingMadeAgain() {
    convergeOnce(Site.all("one"));

    try (NgrokAccount other = NgrokAccount.open();
        ClinicOperator operator = operator(other.url()).start()) {
      manifests.awaitClinic("one", ConditionType.Programmed, "AccountMismatch");
      String code = code(manifests.clinicSays("one", ConditionType.Programmed));
      for (String service : SERVICES) {
        manifests.awaitService(service, ConditionType.Programmed, "AccountMismatch");
        assertThat(code(manifests.serviceSays(service, ConditionType.Programmed))).isEqualTo(code);
        manifests.annotateService(service, "clinicnet.dev/confirm-account", code);
      }
      manifests.annotateClinic("one", "clinicnet.dev/confirm-account", code);

      manifests.awaitAllReady();
      assertThat(other.all("endpoints")).hasSize(3);
      assertThat(other.all("credentials")).hasSize(1);
      assertThat(other.all("reserved_addrs")).hasSize(1);
    }
  }

  @Test
  void deletionWaitsForTheRightAccountToo() {
    convergeOnce(Site.all("one"), Site.all("two"));

    try (NgrokAccount other = NgrokAccount.open();
        ClinicOperator operator = operator(other.url()).start()) {
      manifests.awaitClinic("one", ConditionType.Programmed, "AccountMismatch");
      manifests.deleteService("one-api");
      manifests.deleteClinic("one");
      manifests.awaitClinic("two", ConditionType.Programmed, "AccountMismatch");
      eventually(
          () ->
              assertThat(manifests.service("one-api").getMetadata().getDeletionTimestamp())
                  .isNotNull());
      Settled.awaitStill(
          () -> manifests.clinic("one") != null && manifests.service("one-api") != null);
    }

    try (ClinicOperator operator = operator().start()) {
      manifests.awaitClinicGone("one");
      manifests.awaitServiceGone("one-api");
      assertThat(account.names("endpoints", "url")).noneMatch(url -> url.contains("one"));
    }
  }

  private static String code(String message) {
    Matcher matcher = Pattern.compile("confirm-account=([0-9a-f]+)").matcher(message);
    assertThat(matcher.find()).as(message).isTrue();
    return matcher.group(1);
  }
}
