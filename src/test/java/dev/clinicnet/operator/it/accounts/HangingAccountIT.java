package dev.clinicnet.operator.it.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.operator.kubernetes.Annotations;
import dev.clinicnet.testkit.FurtherAccounts;
import dev.clinicnet.testkit.Settled;
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

  private static final int FEW = 5;

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
      Map<String, String> before = of("e", manifests.resourceVersions());
      assertTheFirstAccountGoesOn(before);
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
  void anAccountThatMeetsItsLimitOfAddressesHoldsNobodyElseBack() {
    west.planLimit("reserved_addrs", DATABASES);
    applyToBoth();
    try (ClinicOperator operator = start()) {
      manifests.awaitAllReady();
      Map<String, String> before = of("e", Settled.versions(manifests));

      applyMoreInTheWest();

      manifests.awaitService(
          "more0-db0", ConditionType.Programmed, Reason.AccountLimitReached.name());
      assertTheFirstAccountGoesOn(before);
      for (int i = 0; i < HANGING; i++) {
        for (int j = 0; j < DATABASES; j++) {
          manifests.awaitService(
              "more" + i + "-db" + j, ConditionType.Programmed, Reason.AccountLimitReached.name());
        }
      }
      assertThat(manifests.serviceSays("w0-db0", ConditionType.Ready)).startsWith("True");
      assertThat(west.all("reserved_addrs")).hasSize(DATABASES);
      assertThat(west.requests())
          .as("each service has asked once")
          .containsEntry("POST /reserved_addrs", (1 + HANGING) * DATABASES);

      west.planLimit("reserved_addrs", DATABASES + 1);
      manifests.annotateService("more3-db1", Annotations.RETRY, "more addresses");
      manifests.awaitService("more3-db1", ConditionType.Ready, Reason.Programmed.name());
    }
  }

  @Test
  void anAccountThatHasMadeTooManyRequestsHoldsNobodyElseBack() {
    applyToBoth();
    try (ClinicOperator operator = start()) {
      manifests.awaitAllReady();
      Map<String, String> before = of("e", Settled.versions(manifests));
      // After this code an account pauses for longer than a minute.
      west.refuse("*", "/*", 429, "ERR_NGROK_226");

      applyMoreInTheWest();

      manifests.awaitClinic("more0", ConditionType.Programmed, Reason.WaitingForBudget.name());
      assertTheFirstAccountGoesOn(before);
      assertThat(manifests.clinicSays("more0", ConditionType.Programmed))
          .contains(Reason.WaitingForBudget.name());
      assertThat(west.all("credentials")).as("those of the first Clinic").hasSize(1);
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
    applyMoreInTheWest();
    eventually(() -> assertThat(west.held()).isGreaterThan(3));
  }

  private void applyMoreInTheWest() {
    for (int i = 0; i < HANGING; i++) {
      manifests.applyText(databases(DATABASES, "more" + i, WEST));
    }
  }

  /** Each account has a few objects that are Ready before one account has its trouble. */
  private void applyToBoth() {
    writeKey(FurtherAccounts.WEST_KEY);
    accounts.applyFor(namespace.name(), "west");
    for (int i = 0; i < FEW; i++) {
      manifests.applyText(databases(DATABASES, "e" + i));
    }
    manifests.applyText(databases(DATABASES, "w0", WEST));
  }

  /**
   * A change and new Clinics of the first account are done within seconds.
   *
   * @param before the versions of what it has, which stay the same
   */
  private void assertTheFirstAccountGoesOn(Map<String, String> before) {
    manifests.applyText(
        Site.service(
            "e3-db1",
            "e3",
            "tcp://10.0.0.2:5432",
            "expose: {tcp: {region: us}}",
            "access: {allowCIDRs: [203.0.113.0/24]}"));
    for (int i = 0; i < FEW; i++) {
      manifests.applyText(databases(DATABASES, "late" + i));
    }

    within(
        SECONDS,
        () -> {
          assertThat(manifests.serviceSays("e3-db1", ConditionType.Ready)).startsWith("True");
          assertThat(manifests.service("e3-db1").getStatus().observedGeneration()).isEqualTo(2);
          for (int i = 0; i < FEW; i++) {
            assertThat(manifests.clinicSays("late" + i, ConditionType.Ready)).startsWith("True");
            assertThat(manifests.serviceSays("late" + i + "-db1", ConditionType.Ready))
                .startsWith("True");
          }
        });
    assertThat(of("e", manifests.resourceVersions()))
        .as("no other Clinic of the first account notices")
        .containsAllEntriesOf(without(before, "e3", "e3-db1"));
  }

  private int lock(String clinic) {
    return Math.floorMod((namespace.name() + "/" + clinic).hashCode(), 1024);
  }

  private static Map<String, String> of(String prefix, Map<String, String> versions) {
    versions.keySet().removeIf(name -> !name.matches(".*\\b" + prefix + "\\d.*"));
    return versions;
  }

  private static Map<String, String> without(Map<String, String> versions, String... names) {
    versions.keySet().removeIf(key -> List.of(names).stream().anyMatch(key::endsWith));
    return versions;
  }
}
