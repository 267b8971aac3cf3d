package dev.clinicnet.operator.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.clinicnet.operator.account.WithheldNames;
import dev.clinicnet.simulator.SimulatorOptions;
import dev.clinicnet.testkit.NgrokAccount;
import dev.clinicnet.testkit.RunningOperator;
import dev.clinicnet.testkit.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** {@code plan} on an account that no operator has worked on. */
class PlanCommandTest {
  private static final String SHARED =
      "{\\\"managedBy\\\":\\\"clinic-operator\\\",\\\"instance\\\":\\\"%s\\\"}";

  private static final String PLANTED = "plantedPlantedSecret77";

  @TempDir private Path directory;
  private NgrokAccount account;

  @BeforeEach
  void openAccount() {
    account = NgrokAccount.open();
  }

  @AfterEach
  void closeAccount() {
    account.close();
  }

  @Test
  void anEmptyAccountGetsEverythingInOrderFollowUpStepsIncluded() {
    PlanRun run = PlanRun.on(account.url(), "examples/clinic1", "--instance", "one");

    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    assertThat(run.out().lines().filter(line -> line.matches("\\S.*|  [-+~!].*")))
        .containsExactly(
            "Clinic default/clinic1",
            "  + create domain *.api.clinicnet.com: new",
            "  + create domain dashboard.clinic1.com: new",
            "  + create service user " + serviceUser(run) + ": new",
            "  + create credential (new 4): new",
            "  + create endpoint https://agent-clinic1.api.clinicnet.com: new",
            "  + create Secret clinic1-agent-api: the operator's keys for the agent's API; the site kit gets the password",
            "  + create site kit clinic1-site-kit: a technician must install it",
            "ClinicService default/patient-db",
            "  + create TCP address (new 6): new",
            "  + create endpoint tcp://(new 6): new",
            "  ! warning: spec.access.allowCIDRs lists IPv4 networks only: clients that arrive over"
                + " IPv6 are refused; list their IPv6 networks too, if they have any.",
            "ClinicService default/rest-api",
            "  + create endpoint https://clinic1.api.clinicnet.com: new",
            "8 to create, 0 to update, 0 to delete.",
            "Requests: 8 now; each sweep takes 6. At 120 in 60 s they take less than a minute.",
            "1 site kit to install.",
            "1 warning.");
  }

  @Test
  void whatIsNotGrantedIsNotPlanned() throws IOException {
    Files.writeString(
        directory.resolve("account.yaml"),
        """
        apiVersion: clinicnet.dev/v1alpha1
        kind: NgrokAccount
        metadata: {name: default}
        spec:
          grants:
          - name: team
            namespaces: {names: [default]}
            domains: ['**']
            internalDomains: ['*.internal']
            sharedHosts: ['agent-clinic1.api.clinicnet.com']
        """);

    PlanRun run =
        PlanRun.on(account.url(), "examples/clinic1", directory.toString(), "--instance", "one");

    assertThat(run.out() + run.err())
        .contains("spec.grants[].sharedHosts of NgrokAccount default")
        .contains("spec.grants[].addresses.reserve of NgrokAccount default")
        .doesNotContain("create TCP address", "create endpoint https://clinic1.api");
  }

  /** The output of a pull request is read by teams, which are told nothing of other namespaces. */
  @Test
  void whoHasANameIsNotLogged() {
    account.call(
        "POST",
        "/reserved_domains",
        "{\"domain\": \"*.api.clinicnet.com\", \"metadata\": \"" + SHARED.formatted("two") + "\"}");
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    Logger withheld = (Logger) LoggerFactory.getLogger(WithheldNames.class);
    log.start();
    withheld.addAppender(log);

    PlanRun run =
        PlanRun.on(account.url(), "examples/clinic1", "--instance", "one", "--new-instance");
    withheld.detachAppender(log);

    assertThat(run.out()).contains("is shared by another installation");
    assertThat(log.list).isEmpty();
  }

  @Test
  void nothingButListsLeavesIt() {
    PlanRun.on(account.url(), "examples", "--instance", "one", "--prune");

    assertThat(account.requests())
        .containsOnlyKeys(
            "GET /reserved_domains",
            "GET /reserved_addrs",
            "GET /service_users",
            "GET /credentials",
            "GET /endpoints",
            "GET /tunnel_sessions",
            // One of the examples keeps a client secret there.
            "GET /vaults",
            "GET /vault_secrets")
        .allSatisfy((request, times) -> assertThat(times).isEqualTo(1));
  }

  @Test
  void jsonHasEveryPart() throws IOException {
    PlanRun run =
        PlanRun.on(account.url(), "examples/clinic1", "--instance", "one", "--output", "json");

    JsonNode json = new ObjectMapper().readTree(run.out());
    assertThat(json.fieldNames())
        .toIterable()
        .containsExactly("instance", "changes", "kubernetes", "notes", "notInFiles", "requests");
    JsonNode change = json.get("changes").get(0);
    assertThat(change.fieldNames())
        .toIterable()
        .containsExactly(
            "kind", "namespace", "name", "action", "resource", "id", "object", "origin", "fields");
    assertThat(change.get("fields").get(0).fieldNames())
        .toIterable()
        .containsExactly("name", "before", "after");
    assertThat(json.get("requests").toString())
        .isEqualTo("{\"writes\":8,\"sweepPages\":6,\"perMinute\":120,\"leastSeconds\":0}");
  }

  @Test
  void changesHaveAnExitCodeOfTheirOwnWhenAsked() {
    assertThat(PlanRun.on(account.url(), "examples", "--instance", "one", "--exit-code").code())
        .isEqualTo(2);
  }

  @Test
  void aWrongCallIsNotTakenForChanges() {
    PlanRun run = PlanRun.on(account.url(), "examples", "--nonsense");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(PlanRun.on(account.url()).code()).isEqualTo(1);
  }

  @Test
  void theInstanceIsThatOfTheAccountWhereThereIsOnlyOne() {
    assertThat(PlanRun.on(account.url(), "examples").err())
        .startsWith("Nothing in the account is marked by an installation: give --instance NAME")
        .hasLineCount(1);

    reserve("a.example.com", SHARED.formatted("one"));
    PlanRun run = PlanRun.on(account.url(), "examples");
    assertThat(run.code()).isZero();
    assertThat(run.err()).isEqualTo("Planned for instance one, the only one in the account.\n");

    reserve("b.example.com", SHARED.formatted("two"));
    run = PlanRun.on(account.url(), "examples");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("(one, two): give --instance NAME").hasLineCount(1);
  }

  @Test
  void whatLintRefusesIsPrintedAsLintDoesAndNothingIsAsked() throws IOException {
    Path broken = directory.resolve("clinic.yaml");
    Files.writeString(
        broken,
        """
        apiVersion: clinicnet.dev/v1alpha1
        kind: Clinic
        metadata:
          name: clinic1
        spec:
          deletionPolicy: Orphan
        """);

    PlanRun run = PlanRun.on(account.url(), broken.toString(), "--instance", "one");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).contains(broken + ":6:19: error: Clinic default/clinic1");
    assertThat(account.requests()).isEmpty();
  }

  @Test
  void whatTheOperatorWouldRefuseIsAnError() {
    reserve("dashboard.clinic1.com", "somebody's");

    PlanRun run = PlanRun.on(account.url(), "examples/clinic1", "--instance", "one");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out())
        .contains(
            "  ! refused: spec.domains dashboard.clinic1.com is there at ngrok and carries no mark of"
                + " this operator.")
        .doesNotContain("No changes.")
        .endsWith("1 object refused: correct what is marked with '! refused'.\n");
  }

  @Test
  void anInstanceThatHasNothingInTheAccountIsAnErrorUnlessItIsNew() {
    reserve("a.example.com", SHARED.formatted("one"));

    PlanRun run = PlanRun.on(account.url(), "examples/clinic1", "--instance", "nosuch");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err())
        .startsWith("Nothing in the account is marked by instance nosuch, but by one:")
        .contains("--new-instance");
    assertThat(
            PlanRun.on(account.url(), "examples/clinic1", "--instance", "nosuch", "--new-instance")
                .code())
        .isZero();
  }

  @Test
  void warningsAreShownAndCountedAndFailWhenStrict() throws IOException {
    Path file = directory.resolve("all.yaml");
    Files.writeString(
        file,
        """
        apiVersion: clinicnet.dev/v1alpha1
        kind: Clinic
        metadata: {name: one}
        spec: {domains: [{name: "*.api.example.com", shared: true}]}
        ---
        apiVersion: clinicnet.dev/v1alpha1
        kind: ClinicService
        metadata: {name: web}
        spec:
          clinicRef: {name: one}
          upstream: {url: "http://10.0.0.1:8080"}
          expose: {https: {host: web.api.example.com}}
          trafficPolicy:
            on_http_request:
              - expressions: ["req.method == 'PUT'"]
                actions: [{type: denny}]
        """);

    PlanRun run = PlanRun.on(account.url(), file.toString(), "--instance", "one");
    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("  ! warning: spec.trafficPolicy").endsWith("1 warning.\n");

    run = PlanRun.on(account.url(), file.toString(), "--instance", "one", "--strict");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).contains("error: ClinicService default/web: spec.trafficPolicy");
  }

  @Test
  void aRejectedKeyIsOneLine() {
    account.close();
    account =
        NgrokAccount.open(
            SimulatorOptions.defaults().withPort(0).withApiKey("another_key_than_that"));

    PlanRun run = PlanRun.on(account.url(), "examples", "--instance", "one");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("API key").hasLineCount(1);
    assertThat(run.err()).doesNotContain(RunningOperator.API_KEY);
  }

  @Test
  void aMissingKeyIsOneLine() {
    PlanRun run = PlanRun.with(Map.of(), "examples", "--instance", "one");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).startsWith("No API key: set NGROK_API_KEY").hasLineCount(1);
  }

  @Test
  void anUnreachableAccountIsOneLine() {
    account.close();

    PlanRun run = PlanRun.on(account.url(), "examples", "--instance", "one");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).hasLineCount(1);
  }

  @Test
  void secretsGoToTheVaultAndNeverIntoTheOutput() throws IOException {
    Path file = withOAuth();

    PlanRun run = PlanRun.on(account.url(), file.toString(), "--instance", "one");

    assertThat(run.out())
        .contains(
            "+ create vault clinicnet_one: new",
            "+ create vault secret default/web/oauth_client_secret: new",
            "value: (secret)",
            "+ create endpoint https://web.example.com: new")
        .doesNotContain(PLANTED);
    assertThat(account.requests()).containsKeys("GET /vaults", "GET /vault_secrets");
    assertThat(account.writes()).isEmpty();
  }

  @Test
  void theSecretOfALockGoesToTheVaultBeforeTheEndpointSendsIt() throws IOException {
    Files.writeString(
        directory.resolve("site.yaml"),
        Site.sharing("one")
            + "---\n"
            + Site.https("one-api", "one", "one.api.example.com", "internalLock: Enabled"));

    PlanRun run = PlanRun.on(account.url(), directory.toString(), "--instance", "one");

    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .containsSubsequence(
            "+ create site kit one-site-kit",
            "+ create vault ",
            "+ create vault secret default/one_api/internal_lock: new",
            "+ create endpoint https://one.api.example.com: new")
        // A key, and a secret that is made from one, has this form.
        .doesNotContainPattern("(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])");
  }

  @Test
  void whatTheVaultHoldsIsTakenForTheSecretOfTheFiles() throws IOException {
    Path file = withOAuth();
    String vault =
        account
            .call(
                "POST",
                "/vaults",
                ("{\"name\": \"clinicnet_one\","
                        + " \"description\": \"Secrets that clinic-operator put here\","
                        + " \"metadata\": \"%s\"}")
                    .formatted(SHARED.formatted("one")))
            .path("id")
            .asText();
    account.call(
        "POST",
        "/vault_secrets",
        "{\"vault_id\": \"%s\", \"name\": \"default/web/oauth_client_secret\", \"value\": \"v\","
                .formatted(vault)
            + "\"description\": \"ClinicService web\", \"metadata\": \""
            + SHARED
                .formatted("one")
                .replace(
                    "}",
                    ",\\\"kind\\\":\\\"ClinicService\\\",\\\"namespace\\\":\\\"default\\\","
                        + "\\\"name\\\":\\\"web\\\",\\\"clinic\\\":\\\"c1\\\",\\\"version\\\":\\\"uid/7\\\"}")
            + "\"}");

    PlanRun run = PlanRun.on(account.url(), file.toString(), "--instance", "one");

    assertThat(run.out()).contains("+ create endpoint").doesNotContain("vault");
  }

  private Path withOAuth() throws IOException {
    Path file = directory.resolve("web.yaml");
    Files.writeString(
        file,
        """
        apiVersion: v1
        kind: Secret
        metadata:
          name: login
          labels:
            clinicnet.dev/referenced: "true"
        stringData:
          client-secret: %s
        ---
        apiVersion: clinicnet.dev/v1alpha1
        kind: Clinic
        metadata:
          name: c1
        spec:
          domains:
            - name: web.example.com
        ---
        apiVersion: clinicnet.dev/v1alpha1
        kind: ClinicService
        metadata:
          name: web
        spec:
          clinicRef:
            name: c1
          upstream:
            url: http://10.0.0.1:80
          expose:
            https:
              host: web.example.com
          access:
            oauth:
              provider: google
              clientID: client
              clientSecretRef:
                name: login
                key: client-secret
              scopes: [openid]
              allowedEmailDomains: [example.com]
        """
            .formatted(PLANTED));
    return file;
  }

  private void reserve(String domain, String metadata) {
    account.call(
        "POST",
        "/reserved_domains",
        "{\"domain\": \"%s\", \"metadata\": \"%s\"}".formatted(domain, metadata));
  }

  private static String serviceUser(PlanRun run) {
    return run.out()
        .lines()
        .filter(line -> line.contains("create service user"))
        .map(line -> line.replaceAll(".* service user (\\S+): new", "$1"))
        .findFirst()
        .orElse("none");
  }
}
