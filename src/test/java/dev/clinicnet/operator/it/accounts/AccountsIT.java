package dev.clinicnet.operator.it.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clinicnet.operator.api.v1alpha1.SessionPhase;
import dev.clinicnet.operator.cli.CommandRun;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.operator.kubernetes.Annotations;
import dev.clinicnet.testkit.FurtherAccounts;
import dev.clinicnet.testkit.OnDemandSite;
import dev.clinicnet.testkit.OneLetter;
import dev.clinicnet.testkit.OwnKubernetes;
import dev.clinicnet.testkit.RealAgents;
import dev.clinicnet.testkit.RunningOperator;
import dev.clinicnet.testkit.Settled;
import dev.clinicnet.testkit.Site;
import dev.clinicnet.testkit.Team;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One operator with two accounts, {@code default} and {@code west}. */
@SuppressWarnings("try") // An operator only has to run.
@OwnKubernetes
class AccountsIT extends TwoAccounts {
  private static final String OTHER_KEY = "2otherotherotherotherothero_FAKEfakeFAKEfakeFAKE3";
  private static final int DATABASES = 5;

  @Test
  void anAgentOnNgroksSDKServesAClinicOfAFurtherAccount() {
    writeKey(FurtherAccounts.WEST_KEY);
    accounts.applyFor(namespace.name(), "west");
    manifests.applyText(databases(DATABASES, "one", WEST));
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
    manifests.applyText(databases(DATABASES, "one", WEST));
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
    manifests.applyText(databases(DATABASES, "one", WEST));
    try (ClinicOperator operator = start()) {
      manifests.awaitAllReady();
      String created = west.call("POST", "/api_keys", "{}").path("token").asText();

      writeKey(created);
      manifests.applyText(databases(DATABASES, "two", WEST));
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
    manifests.applyText(databases(DATABASES, "one", WEST));
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
      manifests.applyText(databases(DATABASES, "one", WEST));
      manifests.applyText(databases(DATABASES, "two"));
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
    manifests.applyText(databases(DATABASES, "one", WEST));
    manifests.applyText(databases(DATABASES, "two", WEST));
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
  void aSessionIsOpenedAndClosedInTheAccountOfItsClinicOnly() {
    writeKey(FurtherAccounts.WEST_KEY);
    accounts.applyFor(namespace.name(), "west");
    try (OnDemandSite site = new OnDemandSite(west, manifests, "one")) {
      manifests.applyText(site.clinic(WEST) + "---\n" + site.dashboard());
      manifests.applyText(Site.clinicWithDomains("two", "[{name: two.example.org}]"));
      manifests.applyText(
          Site.https("two-web", "two", "two.example.org", "availability: OnDemand"));
      // It lists each account once.
      try (ClinicOperator operator =
          RunningOperator.on(client, namespace.name(), ngrok.url()).start()) {
        manifests.awaitAllReady();
        manifests.applyText(site.session("other", "10m").replace(site.service(), "two-web"));
        manifests.awaitSession("other", SessionPhase.Open);
        assertThat(ngrok.names("endpoints", "url")).containsExactly("https://two.example.org");
        site.connectAgent();
        ngrok.forgetRequests();
        west.forgetRequests();

        manifests.applyText(site.session("s1", "15s"));

        manifests.awaitSession("s1", SessionPhase.Open);
        assertThat(site.ask()).isEqualTo("200");
        manifests.awaitSession("s1", SessionPhase.Closed);
        assertThat(site.isPublished()).isFalse();
        assertThat(west.writesInOrder())
            .satisfiesExactly(
                write -> assertThat(write).isEqualTo("POST /endpoints"),
                write -> assertThat(write).startsWith("DELETE /endpoints/ep_"));
        assertThat(ngrok.requests()).as("what the other account was asked").isEmpty();
        assertThat(ngrok.names("endpoints", "url")).containsExactly("https://two.example.org");
        assertThat(manifests.session("other").getStatus().phase()).isEqualTo(SessionPhase.Open);
      }
    }
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
    manifests.applyText(databases(DATABASES, "one", WEST));
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
    manifests.applyText(databases(DATABASES, "one", WEST));
    manifests.applyText(databases(DATABASES, "two", WEST));
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
    manifests.applyText(databases(DATABASES, "one", WEST));
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
    manifests.applyText(databases(DATABASES, "one", WEST));
    manifests.applyText(databases(DATABASES, "two"));
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
}
