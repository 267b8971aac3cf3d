package dev.clinicnet.operator.it.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.clinicnet.operator.cli.CommandRun;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.operator.kubernetes.Annotations;
import dev.clinicnet.simulator.SimulatorOptions;
import dev.clinicnet.testkit.FreshNamespace;
import dev.clinicnet.testkit.FurtherAccounts;
import dev.clinicnet.testkit.Manifests;
import dev.clinicnet.testkit.OneLetter;
import dev.clinicnet.testkit.RealAgents;
import dev.clinicnet.testkit.RunningOperator;
import dev.clinicnet.testkit.Settled;
import dev.clinicnet.testkit.Site;
import dev.clinicnet.testkit.Team;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * One operator with two accounts, {@code default} and {@code west}. No other test may run beside
 * this: NgrokAccounts count for every operator on the API server.
 */
@SuppressWarnings("try") // An operator only has to run.
@Isolated
class AccountsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration SECONDS = Duration.ofSeconds(10);
  private static final String OTHER_KEY = "2otherotherotherotherothero_FAKEfakeFAKEfakeFAKE3";
  private static final int CLINICS = 15;
  private static final int DATABASES = 5;

  @RegisterExtension final FreshNamespace namespace = FreshNamespace.withoutControllers();
  @RegisterExtension final FurtherAccounts accounts = new FurtherAccounts();

  private dev.clinicnet.testkit.NgrokAccount ngrok;
  private dev.clinicnet.testkit.NgrokAccount west;
  private KubernetesClient client;
  private Manifests manifests;

  @BeforeEach
  void open() {
    ngrok =
        dev.clinicnet.testkit.NgrokAccount.open(
            SimulatorOptions.defaults()
                .withoutRateLimit()
                .withApiKey(RunningOperator.API_KEY)
                .withAccount("west", FurtherAccounts.WEST_KEY));
    west = ngrok.further("west", FurtherAccounts.WEST_KEY);
    client = namespace.operatorClient();
    manifests = new Manifests(namespace.admin(), namespace.name());
  }

  @AfterEach
  void close() {
    client.close();
    ngrok.close();
  }

  @Test
  void aKeyThatIsRevokedConcernsItsAccountOnly() {
    writeKey(FurtherAccounts.WEST_KEY);
    accounts.applyFor(namespace.name(), "west");
    ngrok.planLimit("reserved_addrs", 100);
    west.planLimit("reserved_addrs", 100);
    for (int i = 0; i < CLINICS; i++) {
      manifests.applyText(databases("e" + i));
      manifests.applyText(databases("w" + i, WEST));
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
              "e3-db2",
              "e3",
              "tcp://10.0.0.2:5432",
              "expose: {tcp: {region: us}}",
              "access: {allowCIDRs: [203.0.113.0/24]}"));
      manifests.applyText(databases("late"));

      within(
          SECONDS,
          () -> {
            assertThat(manifests.serviceSays("e3-db2", ConditionType.Ready)).startsWith("True");
            assertThat(manifests.service("e3-db2").getStatus().observedGeneration()).isEqualTo(2);
            assertThat(manifests.clinicSays("late", ConditionType.Ready)).startsWith("True");
            assertThat(manifests.serviceSays("late-db4", ConditionType.Ready)).startsWith("True");
          });
      assertThat(versionsOf("e"))
          .as("no other Clinic of the first account notices")
          .containsAllEntriesOf(without(before, "e3", "e3-db2"));
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
  void anAgentOnNgroksSDKServesAClinicOfAFurtherAccount() {
    writeKey(FurtherAccounts.WEST_KEY);
    accounts.applyFor(namespace.name(), "west");
    manifests.applyText(databases("one", WEST));
    try (ClinicOperator operator = start();
        OneLetter database = new OneLetter('w');
        RealAgents agents = RealAgents.start(ngrok)) {
      manifests.awaitAllReady();
      String kit = manifests.file("one-site-kit", "ngrok.yml");

      // It comes through the door of the other account.
      agents.run("one", kit);
      agents.upstream("one", Team.DATABASE, database.address());

      manifests.awaitService("one-db0", ConditionType.AgentOnline, "EndpointBound");
      assertThat(west.all("tunnel_sessions")).hasSize(1);
      assertThat(ngrok.all("tunnel_sessions")).isEmpty();
      String url = manifests.service("one-db0").getStatus().publicURL();
      eventually(() -> assertThat(Team.visit(west, url)).isEqualTo("w"));

      agents.run("thief", kit.replace("one-db0.one.internal", "one-db0.two.internal"));
      assertThat(agents.awaitEvent("thief", "endpoint refused").path("code").asText())
          .isEqualTo("ERR_NGROK_316");
    }
  }

  @Test
  void anAccountWhoseRequestsHangHoldsNobodyElseBack() {
    writeKey(FurtherAccounts.WEST_KEY);
    accounts.applyFor(namespace.name(), "west");
    try (ClinicOperator operator = start()) {
      for (int i = 0; i < CLINICS; i++) {
        manifests.applyText(databases("w" + i, WEST));
      }
      manifests.awaitAllReady();
      west.fault("{\"method\": \"POST\", \"path\": \"/*\", \"hold\": true, \"times\": 100000}");
      for (int i = 0; i < CLINICS; i++) {
        manifests.applyText(databases("more" + i, WEST));
      }
      eventually(() -> assertThat(west.held()).isGreaterThan(3));

      manifests.applyText(databases("e0"));

      within(
          SECONDS,
          () -> {
            assertThat(manifests.clinicSays("e0", ConditionType.Ready)).startsWith("True");
            assertThat(manifests.serviceSays("e0-db4", ConditionType.Ready)).startsWith("True");
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
      manifests.applyText(databases("w0", WEST));
      manifests.applyText(databases("w1", WEST));
      manifests.awaitAllReady();
      west.fault("{\"method\": \"POST\", \"path\": \"/*\", \"hold\": true, \"times\": 100000}");
      for (int i = 0; i < CLINICS; i++) {
        manifests.applyText(databases("more" + i, WEST));
      }
      eventually(() -> assertThat(west.held()).isGreaterThan(3));

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
      within(
          PATIENCE,
          () ->
              assertThat(manifests.serviceSays("more14-db4", ConditionType.Ready))
                  .startsWith("True"));
    }
  }

  @Test
  void anAccountWithoutAGrantMayBeUsedByNobody() {
    writeKey(FurtherAccounts.WEST_KEY);
    accounts.apply("west", "west", "[]");
    manifests.applyText(Site.clinicWithDomains("one", "[]", WEST));
    manifests.applyText(Site.clinicWithDomains("two", "[]"));
    try (ClinicOperator operator = start()) {
      manifests.awaitClinic("one", ConditionType.Accepted, Reason.NotGranted.name());
      assertThat(manifests.clinicSays("one", ConditionType.Accepted)).contains("NgrokAccount west");
      manifests.awaitClinic("two", ConditionType.Ready, Reason.Programmed.name());
      assertThat(west.writes()).isEmpty();

      accounts.applyFor(namespace.name(), "west");

      manifests.awaitAllReady();
      assertThat(west.all("credentials")).hasSize(1);
    }
  }

  @Test
  void whatIsWrongWithAnAccountAtNgrokIsSaidOfItsNgrokAccount() {
    writeKey(FurtherAccounts.WEST_KEY);
    accounts.applyFor(namespace.name(), "west");
    west.call("POST", "/_simulator/account?account=west", "{\"traffic_full_capture\": true}");
    try (ClinicOperator operator = start()) {
      eventually(
          () ->
              assertThat(accounts.says("west", ConditionType.Accepted))
                  .startsWith("True")
                  .contains("full capture"));
    }
  }

  @Test
  void aMissingSecretIsNamedAndTheAccountStartsWhenItComes() {
    accounts.applyFor(namespace.name(), "west");
    manifests.applyText(databases("one", WEST));
    try (ClinicOperator operator = start()) {
      awaitSays("west", ConditionType.ResolvedRefs, "False ReferenceNotFound: ");
      assertThat(accounts.says("west", ConditionType.ResolvedRefs))
          .contains("there is no Secret " + namespace.name() + "/accounts: create it");
      assertThat(accounts.says("west", ConditionType.Stalled)).startsWith("True");

      writeKey("east", FurtherAccounts.WEST_KEY);
      eventually(
          () ->
              assertThat(accounts.says("west", ConditionType.ResolvedRefs))
                  .contains("has no key west: add it"));
      writeKey(FurtherAccounts.WEST_KEY);

      manifests.awaitAllReady();
      assertThat(west.all("reserved_addrs")).hasSize(DATABASES);
      assertThat(ngrok.all("reserved_addrs")).isEmpty();
    }
  }

  @Test
  void aReplacedKeyWorksWithoutARestart() {
    writeKey(FurtherAccounts.WEST_KEY);
    accounts.applyFor(namespace.name(), "west");
    manifests.applyText(databases("one", WEST));
    try (ClinicOperator operator = start()) {
      manifests.awaitAllReady();
      String created = west.call("POST", "/api_keys", "{}").path("token").asText();

      writeKey(created);
      manifests.applyText(databases("two", WEST));
      manifests.awaitAllReady();
      writeKey(OTHER_KEY);
      manifests.awaitClinic("two", ConditionType.Programmed, Reason.APIKeyRejected.name());
      writeKey(created);

      manifests.awaitAllReady();
      assertThat(west.all("reserved_addrs")).hasSize(2 * DATABASES);
    }
  }

  @Test
  void aKeyOfAnotherAccountIsRefused() {
    writeKey(RunningOperator.API_KEY);
    accounts.applyFor(namespace.name(), "west");
    manifests.applyText(Site.clinicWithDomains("one", "[]", WEST));
    try (ClinicOperator operator = start()) {
      awaitSays("west", ConditionType.ResolvedRefs, "False APIKeyInUse: ");
      assertThat(accounts.says("west", ConditionType.ResolvedRefs))
          .contains("has the API key of the account default")
          .doesNotContain(RunningOperator.API_KEY);
      manifests.awaitClinic("one", ConditionType.Programmed, Reason.APIKeyRejected.name());
      assertThat(ngrok.writes()).isEmpty();

      writeKey(FurtherAccounts.WEST_KEY);

      manifests.awaitAllReady();
      assertThat(west.all("credentials")).hasSize(1);
    }
  }

  @Test
  void aSecondKeyOfAnAccountIsNoticedByWhatNgrokSays() {
    assertSecondKeyIsNoticed();
  }

  @Test
  void aSecondKeyOfAnAccountIsNoticedByWhatBothList() {
    ngrok.call("POST", "/_simulator/account", "{\"self\": false}");
    west.call("POST", "/_simulator/account", "{\"self\": false}");
    assertSecondKeyIsNoticed();
  }

  private void assertSecondKeyIsNoticed() {
    String second = ngrok.call("POST", "/api_keys", "{}").path("token").asText();
    manifests.applyText(Site.clinic("one"));
    try (ClinicOperator operator = start()) {
      manifests.awaitAllReady();
    }
    writeKey(second);
    accounts.applyFor(namespace.name(), "west");
    manifests.applyText(Site.clinicWithDomains("two", "[]", WEST));
    try (ClinicOperator operator = start()) {
      awaitSays("west", ConditionType.ResolvedRefs, "False APIKeyInUse: ");
      assertThat(accounts.says("west", ConditionType.ResolvedRefs))
          .contains("the same ngrok account as that of the account default")
          .doesNotContain(second);
      manifests.awaitClinic("two", ConditionType.Programmed, Reason.APIKeyRejected.name());
      assertThat(manifests.clinicSays("two", ConditionType.Programmed))
          .contains("the same ngrok account as that of the account default");
      manifests.applyText(Site.api("one"));
      manifests.awaitService("one-api", ConditionType.Ready, Reason.Programmed.name());
      assertThat(manifests.clinicSays("one", ConditionType.Ready)).startsWith("True");
      assertThat(ngrok.all("service_users")).hasSize(1);
      assertThat(ngrok.all("credentials")).hasSize(1);

      writeKey(FurtherAccounts.WEST_KEY);

      manifests.awaitAllReady();
      awaitSays("west", ConditionType.Ready, "True");
      assertThat(west.all("credentials")).hasSize(1);
      assertThat(ngrok.all("credentials")).hasSize(1);
    }
  }

  @Test
  void aClinicThatNeverHadAnAccountIsDeletedAtOnce() {
    manifests.applyText(
        Site.clinicWithDomains("typo", "[]", "accountRef: {name: wset}")
            + "---\n"
            + Site.service(
                "typo-db", "typo", "tcp://10.0.0.2:5432", "expose: {tcp: {region: us}}"));
    try (ClinicOperator operator = operator().withObjectMetrics().start()) {
      manifests.awaitClinic("typo", ConditionType.ResolvedRefs, Reason.AccountNotFound.name());
      manifests.awaitService("typo-db", ConditionType.ResolvedRefs, Reason.AccountNotFound.name());

      manifests.deleteService("typo-db");
      manifests.deleteClinic("typo");

      within(SECONDS, () -> assertThat(manifests.service("typo-db")).isNull());
      within(SECONDS, () -> assertThat(manifests.clinic("typo")).isNull());
      eventually(() -> assertThat(operator.metrics()).doesNotContain("clinic=\"typo\""));
    }
  }

  @Test
  void aClinicThatWasNeverAllowedIntoAnAccountIsDeletedAtOnceWhenTheAccountIsGone() {
    writeKey(FurtherAccounts.WEST_KEY);
    accounts.apply("west", "west", "[]");
    manifests.applyText(databases("one", WEST));
    try (ClinicOperator operator = start()) {
      manifests.awaitClinic("one", ConditionType.Accepted, Reason.NotGranted.name());
      eventually(
          () ->
              assertThat(manifests.serviceSays("one-db0", ConditionType.Ready))
                  .startsWith("False"));
      accounts.delete("west");
      manifests.awaitClinic("one", ConditionType.ResolvedRefs, Reason.AccountNotFound.name());

      manifests.deleteService("one-db0");
      manifests.deleteClinic("one");

      within(SECONDS, () -> assertThat(manifests.service("one-db0")).isNull());
      within(SECONDS, () -> assertThat(manifests.clinic("one")).isNull());
      assertThat(west.writes()).isEmpty();
    }
  }

  @Test
  void theAccountIsWrittenDownBeforeTheFirstRequest() {
    writeKey(FurtherAccounts.WEST_KEY);
    accounts.applyFor(namespace.name(), "west");
    try (ClinicOperator operator = start()) {
      awaitSays("west", ConditionType.Ready, "True");
      west.fault("{\"method\": \"POST\", \"path\": \"/*\", \"hold\": true, \"times\": 100000}");
      manifests.applyText(databases("one", WEST));
      manifests.applyText(databases("two"));
      eventually(() -> assertThat(west.held()).isPositive());
      assertThat(manifests.clinic("one").getStatus().account()).isEqualTo("west");
      manifests.awaitClinic("two", ConditionType.Ready, Reason.Programmed.name());
      assertThat(manifests.clinic("two").getStatus().account()).isNull();

      accounts.delete("west");
      manifests.awaitClinic("one", ConditionType.ResolvedRefs, Reason.AccountNotFound.name());
      manifests.deleteClinic("one");
      manifests.awaitClinic("one", ConditionType.Programmed, Reason.AccountNotFound.name());
      Settled.awaitStill(() -> manifests.clinic("one") != null);
      assertThat(manifests.clinic("one").getStatus().account()).isEqualTo("west");
      west.clearFaults();
    }
  }

  @Test
  void nothingIsLeftInTheMetricsOfWhatIsAbandonedWithoutItsAccount() {
    writeKey(FurtherAccounts.WEST_KEY);
    accounts.applyFor(namespace.name(), "west");
    manifests.applyText(databases("one", WEST));
    manifests.applyText(databases("two", WEST));
    try (ClinicOperator operator = operator().withObjectMetrics().start()) {
      manifests.awaitAllReady();
      manifests.annotateClinic("two", Annotations.QUARANTINE, "true");
      manifests.awaitClinic("two", ConditionType.Programmed, Reason.Quarantined.name());
      eventually(() -> assertThat(metric(operator, "clinic_agents", "one")).endsWith(" 0.0"));
      accounts.delete("west");

      manifests.awaitClinic("one", ConditionType.ResolvedRefs, Reason.AccountNotFound.name());
      eventually(() -> assertThat(metric(operator, "clinic_agents", "one")).endsWith(" NaN"));
      manifests.awaitClinic("two", ConditionType.ResolvedRefs, Reason.AccountNotFound.name());
      eventually(() -> assertThat(metric(operator, "clinic_quarantined", "two")).endsWith(" 1.0"));
      manifests.deleteClinic("two");
      manifests.annotateClinic("two", Annotations.ABANDON, "true");
      manifests.awaitClinicGone("two");
      eventually(() -> assertThat(metric(operator, "clinic_quarantined", "two")).isEmpty());
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
      west.fault("{\"method\": \"POST\", \"path\": \"/*\", \"hold\": true, \"times\": 100000}");
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

  private int lock(String clinic) {
    return Math.floorMod((namespace.name() + "/" + clinic).hashCode(), 1024);
  }

  private static String metric(ClinicOperator operator, String name, String clinic) {
    return operator
        .metrics()
        .lines()
        .filter(line -> line.startsWith(name + "{") && line.contains("clinic=\"" + clinic + "\""))
        .findFirst()
        .orElse("");
  }

  @Test
  void anAccountCannotBeChanged() {
    manifests.applyText(Site.clinicWithDomains("one", "[]"));
    manifests.applyText(Site.clinicWithDomains("two", "[]", WEST));

    assertThatThrownBy(() -> manifests.applyText(Site.clinicWithDomains("one", "[]", WEST)))
        .hasMessageContaining("spec.accountRef")
        .hasMessageContaining("is immutable")
        .hasMessageContaining("create a new Clinic with another name");
    assertThatThrownBy(() -> manifests.applyText(Site.clinicWithDomains("two", "[]")))
        .hasMessageContaining("is immutable");
    manifests.applyText(Site.clinicWithDomains("one", "[]", "accountRef: {name: default}"));
  }

  @Test
  void aServiceDoesNotFollowItsClinicIntoAnotherAccount() {
    writeKey(FurtherAccounts.WEST_KEY);
    accounts.applyFor(namespace.name(), "west");
    manifests.applyText(databases("one", WEST));
    try (ClinicOperator operator = start()) {
      manifests.awaitAllReady();
      List<String> addresses = west.names("reserved_addrs", "addr");
      manifests.deleteClinic("one");
      manifests.awaitClinicGone("one");
      manifests.applyText(Site.clinicWithDomains("one", "[]"));

      manifests.awaitService("one-db0", ConditionType.ResolvedRefs, Reason.OtherAccount.name());
      assertThat(manifests.serviceSays("one-db0", ConditionType.ResolvedRefs))
          .contains("in the ngrok account default", "is in west", "under another name");
      manifests.awaitClinic("one", ConditionType.Ready, Reason.Programmed.name());
      assertThat(west.names("reserved_addrs", "addr")).isEqualTo(addresses);
      assertThat(ngrok.all("reserved_addrs")).isEmpty();

      manifests.deleteService("one-db0");
      manifests.awaitServiceGone("one-db0");
      eventually(() -> assertThat(west.all("reserved_addrs")).hasSize(DATABASES - 1));
    }
  }

  @Test
  void internalDomainsMayBeTheSameAndPublicOnesMayNot() {
    writeKey(FurtherAccounts.WEST_KEY);
    accounts.applyFor(namespace.name(), "west");
    String internal = "internalDomain: site.internal";
    try (ClinicOperator operator = start()) {
      manifests.applyText(Site.clinic("one", internal));
      manifests.applyText(Site.service("rest", "one", "http://10.0.0.1:8080"));
      manifests.awaitAllReady();
      manifests.applyText(Site.clinicWithDomains("two", "[]", internal, WEST));
      manifests.applyText(Site.service("rest-west", "two", "http://10.0.0.1:8080"));
      manifests.awaitAllReady();

      manifests.applyText(Site.clinicWithDomains("three", "[{name: one.example.org}]", WEST));
      manifests.applyText(
          Site.clinicWithDomains("four", "[{name: '" + Site.SHARED + "', shared: true}]", WEST));

      manifests.awaitClinic("three", ConditionType.Accepted, Reason.DomainConflict.name());
      assertThat(manifests.clinicSays("three", ConditionType.Accepted))
          .contains("one.example.org", "another ngrok account", "default")
          .contains("Clinic " + namespace.name() + "/one");
      manifests.awaitClinic("four", ConditionType.Accepted, Reason.DomainConflict.name());
      assertThat(manifests.clinicSays("four", ConditionType.Accepted))
          .contains(Site.SHARED, "another ngrok account", "spec.accountRef");
      assertThat(west.all("reserved_domains")).isEmpty();
      assertThat(west.writes()).doesNotContainKey("POST /reserved_domains");

      manifests.deleteClinic("one");
      manifests.deleteService("rest");
      manifests.awaitClinic("three", ConditionType.Ready, Reason.Programmed.name());
      assertThat(west.names("reserved_domains", "domain")).containsExactly("one.example.org");
    }
  }

  @Test
  void anAccountThatIsRemovedLeavesEverythingAsItIs() {
    writeKey(FurtherAccounts.WEST_KEY);
    accounts.applyFor(namespace.name(), "west");
    manifests.applyText(databases("one", WEST));
    manifests.applyText(databases("two", WEST));
    try (ClinicOperator operator = start()) {
      manifests.awaitAllReady();
      west.forgetRequests();
      accounts.delete("west");

      manifests.awaitClinic("one", ConditionType.ResolvedRefs, Reason.AccountNotFound.name());
      manifests.awaitService("one-db0", ConditionType.ResolvedRefs, Reason.AccountNotFound.name());
      assertThat(manifests.clinicSays("one", ConditionType.ResolvedRefs))
          .contains("spec.accountRef.name west", "apply the NgrokAccount west");
      assertThat(manifests.clinicSays("one", ConditionType.Programmed)).startsWith("Unknown");
      assertThat(manifests.clinicSays("one", ConditionType.Stalled)).startsWith("True");
      eventually(() -> assertThat(operator.metrics()).doesNotContain("account=\"west\""));
      manifests.deleteClinic("two");
      manifests.awaitClinic("two", ConditionType.Programmed, Reason.AccountNotFound.name());
      assertThat(manifests.clinicSays("two", ConditionType.Programmed))
          .contains(Annotations.ABANDON);
      Settled.awaitStill(() -> manifests.clinic("two") != null && west.writes().isEmpty());
      manifests.annotateClinic("two", Annotations.ABANDON, "true");
      manifests.awaitClinicGone("two");
      assertThat(west.writes()).isEmpty();

      accounts.applyFor(namespace.name(), "west");

      manifests.awaitClinic("one", ConditionType.Ready, Reason.Programmed.name());
      manifests.awaitService("one-db0", ConditionType.Ready, Reason.Programmed.name());
      assertThat(west.all("reserved_addrs")).hasSize(2 * DATABASES);
      assertThat(west.writes()).doesNotContainKey("POST /reserved_addrs");
    }
  }

  @Test
  void theInventoryOfAnAccountTakesItsKeyFromTheCluster() {
    writeKey(FurtherAccounts.WEST_KEY);
    accounts.applyFor(namespace.name(), "west");
    manifests.applyText(databases("one", WEST));
    try (ClinicOperator operator = start()) {
      manifests.awaitAllReady();
    }

    CommandRun run = inventory("west");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains("one-db0").doesNotContain(FurtherAccounts.WEST_KEY);
    assertThat(inventory("default").out()).doesNotContain("one-db0");

    assertThat(inventory("wets").err())
        .contains("There is no NgrokAccount wets in the cluster, but west: correct --account");
    assertThat(
            CommandRun.on(ngrok.url(), "inventory", "--account", "west", "deploy/accounts").err())
        .contains("--account needs --cluster");
    accounts.apply("west", "east", "[]");
    assertThat(inventory("west").err())
        .contains("accounts of the NgrokAccount west has no key east");
  }

  private CommandRun inventory(String account) {
    return CommandRun.on(
        ngrok.url(),
        "inventory",
        "--kubeconfig",
        namespace.kubernetes().adminKubeconfigFile().toString(),
        "--account",
        account,
        "--account-secrets-namespace",
        namespace.name());
  }

  @Test
  void aRestartChangesNothing() {
    writeKey(FurtherAccounts.WEST_KEY);
    accounts.applyFor(namespace.name(), "west");
    manifests.applyText(databases("one", WEST));
    manifests.applyText(databases("two"));
    try (ClinicOperator operator = start()) {
      manifests.awaitAllReady();
    }
    Map<String, String> before = Settled.versions(manifests);
    ngrok.forgetRequests();
    west.forgetRequests();

    try (ClinicOperator operator = start()) {
      eventually(
          () ->
              assertThat(operator.metrics())
                  .contains("ngrok_account_listed{account=\"default\"} 1.0")
                  .contains("ngrok_account_listed{account=\"west\"} 1.0"));
      assertThat(Settled.versions(manifests)).isEqualTo(before);
      assertThat(ngrok.writes()).isEmpty();
      assertThat(west.writes()).isEmpty();

      manifests.deleteAll();
      manifests.awaitGone();
      assertThat(west.all("reserved_addrs")).isEmpty();
      assertThat(west.all("credentials")).isEmpty();
      assertThat(ngrok.all("credentials")).isEmpty();
    }
  }

  @Test
  void theExampleIsAccepted() {
    namespace.kubernetes().apply(Path.of("deploy/accounts/west.yaml"));
    try (ClinicOperator operator = start()) {
      awaitSays("west", ConditionType.Accepted, "True Accepted: ");
      awaitSays("west", ConditionType.ResolvedRefs, "False ReferenceNotFound: ");
    }
  }

  @Test
  void anAccountWithoutAKeyIsNotUsed() {
    namespace
        .kubernetes()
        .apply(
            """
            apiVersion: clinicnet.dev/v1alpha1
            kind: NgrokAccount
            metadata: {name: keyless}
            """);
    manifests.applyText(Site.clinicWithDomains("one", "[]", "accountRef: {name: keyless}"));
    try (ClinicOperator operator = start()) {
      awaitSays("keyless", ConditionType.Accepted, "False AccountNotUsed: ");
      assertThat(accounts.says("keyless", ConditionType.Accepted)).contains("spec.apiKeySecretRef");
      manifests.awaitClinic("one", ConditionType.ResolvedRefs, Reason.AccountNotFound.name());
    }
  }

  private static final String WEST = "accountRef: {name: west}";

  private static String databases(String clinic, String... spec) {
    StringBuilder all = new StringBuilder(Site.clinicWithDomains(clinic, "[]", spec));
    for (int i = 0; i < DATABASES; i++) {
      String name = clinic + "-db" + i;
      all.append("---\n")
          .append(Site.service(name, clinic, "tcp://10.0.0.2:5432", "expose: {tcp: {region: us}}"));
    }
    return all.toString();
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

  private void writeKey(String key) {
    writeKey("west", key);
  }

  private void writeKey(String name, String key) {
    manifests.applyText(
        """
        apiVersion: v1
        kind: Secret
        metadata: {name: accounts}
        stringData: {%s: %s}
        """
            .formatted(name, key));
  }

  private ClinicOperator start() {
    return operator().start();
  }

  private RunningOperator operator() {
    return RunningOperator.on(client, namespace.name(), ngrok.url())
        .withIntervals(Duration.ofSeconds(2), Duration.ofSeconds(1));
  }

  private void awaitSays(String account, ConditionType type, String beginning) {
    eventually(() -> assertThat(accounts.says(account, type)).startsWith(beginning));
  }

  private static void eventually(ThrowingRunnable assertion) {
    within(PATIENCE, assertion);
  }

  private static void within(Duration limit, ThrowingRunnable assertion) {
    await().atMost(limit).untilAsserted(assertion);
  }
}
