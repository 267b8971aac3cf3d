package dev.clinicnet.operator.it.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.operator.kubernetes.Annotations;
import dev.clinicnet.testkit.FurtherAccounts;
import dev.clinicnet.testkit.Site;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Troubles of one account do not delay the other. Many objects must be done within seconds, so no
 * other test runs beside this.
 */
@SuppressWarnings("try") // An operator only has to run.
@Isolated
class HangingAccountIT extends TwoAccounts {
  /** With two databases each, both accounts together have more than 150 services. */
  private static final int CLINICS = 38;

  /** More than there are threads for the passes of one account. */
  private static final int HANGING = 24;

  /** The services of a Clinic take turns, so that more of them do not hang more passes. */
  private static final int DATABASES = 2;

  @Test
  void aKeyThatIsRevokedConcernsItsAccountOnly() {
    writeKey(FurtherAccounts.WEST_KEY);
    accounts.applyFor(namespace.name(), "west");
    ngrok.planLimit("reserved_addrs", 100);
    west.planLimit("reserved_addrs", 100);
    for (int i = 0; i < CLINICS; i++) {
      manifests.applyText(databases(DATABASES, "e" + i));
      manifests.applyText(databases(DATABASES, "w" + i, WEST));
    }
    try (ClinicOperator operator = start()) {
      manifests.awaitAllReady();
      assertThat(ngrok.all("reserved_addrs")).hasSize(CLINICS * DATABASES);
      assertThat(west.all("reserved_addrs")).hasSize(CLINICS * DATABASES);
      assertThat(ngrok.names("reserved_addrs", "addr"))
          .doesNotContainAnyElementsOf(west.names("reserved_addrs", "addr"));
      awaitSays("west", ConditionType.Ready, "True");

      west.refuse("*", "/*", 401, "ERR_NGROK_206");
      manifests.awaitClinic("w0", ConditionType.Programmed, Reason.APIKeyRejected.name());
      awaitSays("west", ConditionType.Programmed, "False APIKeyRejected");
      Map<String, String> before = versionsOf("e");
      ngrok.forgetRequests();
      manifests.applyText(
          Site.service(
              "e3-db1",
              "e3",
              "tcp://10.0.0.2:5432",
              "expose: {tcp: {region: us}}",
              "access: {allowCIDRs: [203.0.113.0/24]}"));
      manifests.applyText(databases(DATABASES, "late"));

      within(
          SECONDS,
          () -> {
            assertThat(manifests.serviceSays("e3-db1", ConditionType.Ready)).startsWith("True");
            assertThat(manifests.service("e3-db1").getStatus().observedGeneration()).isEqualTo(2);
            assertThat(manifests.clinicSays("late", ConditionType.Ready)).startsWith("True");
            assertThat(manifests.serviceSays("late-db1", ConditionType.Ready)).startsWith("True");
          });
      assertThat(versionsOf("e"))
          .as("no other Clinic of the first account notices")
          .containsAllEntriesOf(without(before, "e3", "e3-db1"));
      assertThat(operator.metrics())
          .contains("ngrok_account_listed{account=\"default\"} 1.0")
          .contains("ngrok_account_listed{account=\"west\"} 0.0");

      west.clearFaults();
      manifests.awaitAllReady();
      assertThat(west.all("reserved_addrs")).hasSize(CLINICS * DATABASES);
      awaitSays("west", ConditionType.Ready, "True");
    }
  }

  @Test
  void anAccountWhoseRequestsHangHoldsNobodyElseBack() {
    writeKey(FurtherAccounts.WEST_KEY);
    accounts.applyFor(namespace.name(), "west");
    try (ClinicOperator operator = start()) {
      manifests.applyText(databases(DATABASES, "w0", WEST));
      manifests.awaitAllReady();
      hangPasses();

      manifests.applyText(databases(DATABASES, "e0"));

      within(
          SECONDS,
          () -> {
            assertThat(manifests.clinicSays("e0", ConditionType.Ready)).startsWith("True");
            assertThat(manifests.serviceSays("e0-db1", ConditionType.Ready)).startsWith("True");
          });
      west.clearFaults();
      manifests.awaitAllReady();
    }
  }

  @Test
  void whatClosesAndDeletesGoesOnInAnAccountWhoseCreationsHang() {
    writeKey(FurtherAccounts.WEST_KEY);
    accounts.applyFor(namespace.name(), "west");
    try (ClinicOperator operator = start()) {
      manifests.applyText(databases(DATABASES, "w0", WEST));
      manifests.applyText(databases(DATABASES, "w1", WEST));
      manifests.awaitAllReady();
      hangPasses();

      manifests.annotateClinic("w0", Annotations.QUARANTINE, "true");
      manifests.deleteClinic("w1");

      within(
          SECONDS,
          () ->
              assertThat(manifests.clinicSays("w0", ConditionType.Programmed))
                  .contains(Reason.Quarantined.name()));
      within(SECONDS, () -> assertThat(west.all("credentials")).isEmpty());
      assertThat(west.held()).as("creations hang all the time").isPositive();
      west.clearFaults();
      eventually(
          () ->
              assertThat(manifests.serviceSays("more14-db1", ConditionType.Ready))
                  .startsWith("True"));
    }
  }

  @Test
  void aPassThatHangsDelaysNoClinicOfAnotherAccount() {
    writeKey(FurtherAccounts.WEST_KEY);
    accounts.applyFor(namespace.name(), "west");
    // Locks are chosen by the hash of a Clinic.
    String same =
        IntStream.range(0, 100_000)
            .mapToObj(i -> "e" + i)
            .filter(name -> lock(name) == lock("w0"))
            .findFirst()
            .orElseThrow();
    try (ClinicOperator operator = start()) {
      awaitSays("west", ConditionType.Ready, "True");
      holdCreations();
      manifests.applyText(Site.clinicWithDomains("w0", "[]", WEST));
      eventually(() -> assertThat(west.held()).isPositive());

      manifests.applyText(Site.clinicWithDomains(same, "[]"));

      within(
          SECONDS,
          () ->
              assertThat(manifests.clinicSays(same, ConditionType.Programmed)).startsWith("True"));
      assertThat(west.held()).isPositive();
      west.clearFaults();
    }
  }

  private void holdCreations() {
    west.fault("{\"method\": \"POST\", \"path\": \"/*\", \"hold\": true, \"times\": 100000}");
  }

  private void hangPasses() {
    holdCreations();
    for (int i = 0; i < HANGING; i++) {
      manifests.applyText(databases(DATABASES, "more" + i, WEST));
    }
    eventually(() -> assertThat(west.held()).isGreaterThan(3));
  }

  private int lock(String clinic) {
    return Math.floorMod((namespace.name() + "/" + clinic).hashCode(), 1024);
  }

  private Map<String, String> versionsOf(String prefix) {
    Map<String, String> versions = manifests.resourceVersions();
    versions.keySet().removeIf(name -> !name.matches(".*\\b" + prefix + "\\d.*"));
    return versions;
  }

  private static Map<String, String> without(Map<String, String> versions, String... names) {
    versions.keySet().removeIf(key -> List.of(names).stream().anyMatch(key::endsWith));
    return versions;
  }
}
