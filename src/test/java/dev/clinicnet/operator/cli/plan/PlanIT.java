package dev.clinicnet.operator.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.clinicnet.operator.api.v1alpha1.SessionPhase;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.testkit.FreshNamespace;
import dev.clinicnet.testkit.Manifests;
import dev.clinicnet.testkit.NgrokAccount;
import dev.clinicnet.testkit.RunningOperator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code plan} on an account that the real operator has converged, and then left. */
@SuppressWarnings("try") // An operator only has to run.
class PlanIT {
  /** Stands for the options that name the examples as applied. */
  private static final String APPLIED = "--base=examples";

  private static final String PLANTED = "plantedPlantedPassword77";

  @RegisterExtension final FreshNamespace namespace = FreshNamespace.withoutControllers();

  @TempDir private Path directory;
  private NgrokAccount account;

  @BeforeEach
  void converge() {
    account = NgrokAccount.open();
    Manifests manifests = new Manifests(namespace.admin(), namespace.name());
    manifests.apply("examples/clinic1");
    manifests.apply("examples/clinic2");
    manifests.apply("examples/tls");
    manifests.apply("examples/access");
    try (ClinicOperator operator =
        RunningOperator.on(namespace.operator(), namespace.name(), account.url()).start()) {
      manifests.awaitAllReady();
    }
    account.forgetRequests();
  }

  @AfterEach
  void closeAccount() {
    account.close();
  }

  @Test
  void aConvergedAccountNeedsNoChanges() {
    PlanRun run = plan("examples", APPLIED, "--exit-code", "--prune");

    assertThat(withoutWarnings(run)).isEqualTo("No changes.\n");
    assertThat(run.code()).isZero();
    assertThat(account.writes()).isEmpty();
  }

  @Test
  void theInstanceIsFound() {
    PlanRun run =
        PlanRun.on(
            account.url(),
            withExamples("examples", APPLIED, "--namespace", namespace.name(), "--exit-code")
                .toArray(String[]::new));

    assertThat(withoutWarnings(run)).isEqualTo("No changes.\n");
    assertThat(run.err()).contains("test-" + namespace.name());
  }

  @Test
  void anEditedPolicyIsShownLineByLineWithoutItsSecrets() {
    String id = id("endpoints", "url", "https://clinic1.api.clinicnet.com");
    patch(
        "endpoints",
        id,
        "traffic_policy",
        "{\"on_http_request\":[{\"actions\":[{\"type\":\"basic-auth\",\"config\":"
            + "{\"credentials\":[\"eve:"
            + PLANTED
            + "\"]}},{\"type\":\"deny\"}]}]}");

    PlanRun run = plan("examples");

    assertThat(headlines(run))
        .containsExactly(
            "ClinicService " + namespace.name() + "/rest-api",
            "  ~ update endpoint https://clinic1.api.clinicnet.com ("
                + id
                + "): changed in the manifest, or by hand at ngrok");
    assertThat(run.out())
        .contains("eve:(secret)", "-       \"type\" : \"basic-auth\"", "forward-internal")
        .doesNotContain(PLANTED, RunningOperator.API_KEY);
    assertThat(plan("examples", "--output", "json").out()).doesNotContain(PLANTED);
    assertThat(plan("examples", "--exit-code").code()).isEqualTo(2);
  }

  @Test
  void aWidenedACLIsShownEntryByEntry() throws IOException {
    String id = credential("clinic1");
    account.call(
        "PATCH",
        "/credentials/" + id,
        "{\"acl\":[\"bind:*.clinic1.internal\",\"bind:dashboard.clinic1.com\",\"bind:*.evil.com\"]}");

    assertThat(changes("examples")).containsExactly("update credentials " + id + " changed acl");
    assertThat(plan("examples").out()).contains("        - bind:*.evil.com\n");
  }

  @Test
  void aDeletedEndpointIsMadeAnew() throws IOException {
    String id = id("endpoints", "url", "https://clinic1.api.clinicnet.com");
    account.call("DELETE", "/endpoints/" + id, null);

    assertThat(changes("examples"))
        .containsExactly("create endpoints (new 1) new url traffic_policy metadata");
  }

  @Test
  void lostMarksAreSetAgain() throws IOException {
    String endpoint = id("endpoints", "url", "https://clinic1.api.clinicnet.com");
    String domain = id("reserved_domains", "domain", "dashboard.clinic1.com");
    String address = account.all("reserved_addrs").get(0).path("id").asText();
    patch("endpoints", endpoint, "metadata", "");
    patch("reserved_addrs", address, "metadata", PLANTED);
    patch("reserved_domains", domain, "metadata", retired(domain));

    assertThat(changes("examples"))
        .containsExactlyInAnyOrder(
            "update endpoints " + endpoint + " changed metadata",
            "update reserved_addrs " + address + " changed metadata",
            "update reserved_domains " + domain + " taken-back metadata");
    assertThat(plan("examples").out()).doesNotContain(PLANTED);
  }

  @Test
  void aCredentialWithoutItsMarkIsNotTakenForOurs() {
    String credential = credential("clinic1");
    patch("credentials", credential, "metadata", PLANTED);

    PlanRun run = plan("examples");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out())
        .contains("  ! refused: spec.internalDomain clinic1.internal")
        .doesNotContain(PLANTED, credential)
        .endsWith("1 object refused: correct what is marked with '! refused'.\n");
  }

  @Test
  void aChangedManifestIsExactlyItsChange() throws IOException {
    copyExamples(text -> text.replace("- /api\n", "- /api\n        - /fhir\n"));

    String id = id("endpoints", "url", "https://clinic1.api.clinicnet.com");
    assertThat(changes(directory.toString()))
        .containsExactly("update endpoints " + id + " changed traffic_policy");
  }

  @Test
  void aDomainThatIsNoLongerListedIsKeptForTheUndoWindow() throws IOException {
    copyExamples(text -> text.replace("    - name: dashboard.clinic1.com\n", ""));
    Files.delete(directory.resolve("clinic1-dashboard.yaml"));

    PlanRun run = plan(directory.toString());

    assertThat(run.out())
        .contains("~ update domain dashboard.clinic1.com", "retired, kept until", "- bind:dash");
    assertThat(plan(directory.toString(), "--undo-window", "0").out())
        .contains("- delete domain dashboard.clinic1.com")
        .doesNotContain("kept until");
  }

  @Test
  void whatIsNotInTheFilesIsListedAndDeletedOnlyWithPrune() throws IOException {
    PlanRun run = plan("examples/clinic2");

    assertThat(run.out())
        .contains(
            "Not in these files (--prune plans their deletion):",
            "  Clinic " + namespace.name() + "/clinic1",
            "    endpoint https://clinic1.api.clinicnet.com",
            "    service user clinicnet-")
        .contains("No changes.\n");
    assertThat(
            changes(
                "examples/clinic2",
                "examples/tls",
                "examples/access",
                "--prune",
                "--undo-window",
                "0"))
        .extracting(line -> line.replaceAll(" \\S+ not-in-files", ""))
        .containsExactlyInAnyOrder(
            "delete endpoints",
            "delete endpoints",
            "delete endpoints",
            "delete reserved_addrs",
            "delete reserved_domains",
            "delete credentials",
            "delete service_users");
    assertThat(account.writes()).isEmpty();
  }

  @Test
  void whatASessionHasOpenIsLeftAsItIs() {
    Manifests manifests = new Manifests(namespace.admin(), namespace.name());
    try (ClinicOperator operator =
        RunningOperator.on(namespace.operator(), namespace.name(), account.url()).start()) {
      manifests.applyText(
          """
          apiVersion: clinicnet.dev/v1alpha1
          kind: ClinicSession
          metadata: {name: s1}
          spec: {serviceRef: {name: dashboard}, duration: 20m}
          """);
      manifests.awaitSession("s1", SessionPhase.Open);
    }

    PlanRun run = plan("examples", APPLIED, "--exit-code", "--prune");

    assertThat(withoutWarnings(run))
        .isEqualTo(
            "ClinicService %s/dashboard\n  ! %s (%s) is open for a session until %s: it is left out of this plan.\n\nNo changes.\n"
                .formatted(
                    namespace.name(),
                    "https://dashboard.clinic1.com",
                    id("endpoints", "url", "https://dashboard.clinic1.com"),
                    manifests.session("s1").getStatus().expiresAt()));
    assertThat(run.code()).isZero();
  }

  /** The applied examples, without those for GitOps tools. */
  private static Stream<String> withExamples(String... arguments) {
    return Stream.of(arguments)
        .flatMap(
            argument ->
                switch (argument) {
                  case "examples" -> Manifests.examples().stream();
                  case APPLIED -> Manifests.examples().stream().map(path -> "--base=" + path);
                  default -> Stream.of(argument);
                });
  }

  private PlanRun plan(String... arguments) {
    return PlanRun.on(
        account.url(),
        Stream.concat(
                withExamples(arguments),
                Stream.of(
                    "--namespace", namespace.name(), "--instance", "test-" + namespace.name()))
            .toArray(String[]::new));
  }

  /** Each change as its action, resource, id, origin and the names of its fields. */
  private List<String> changes(String... arguments) throws IOException {
    PlanRun run =
        plan(
            Stream.concat(Stream.of(arguments), Stream.of("--output", "json"))
                .toArray(String[]::new));
    List<String> lines = new ArrayList<>();
    for (JsonNode change : new ObjectMapper().readTree(run.out()).get("changes")) {
      StringBuilder line =
          new StringBuilder(change.get("action").asText())
              .append(' ')
              .append(change.get("resource").asText())
              .append(' ')
              .append(change.get("id").asText())
              .append(' ')
              .append(change.get("origin").asText());
      change.get("fields").forEach(f -> line.append(' ').append(f.get("name").asText()));
      lines.add(line.toString());
    }
    return lines;
  }

  /** The output without the warnings that the examples give: two allow lists are IPv4 only. */
  private String withoutWarnings(PlanRun run) {
    String out = run.out();
    for (String service : List.of("patient-db", "directory")) {
      String warning =
          "ClinicService %s/%s\n  ! warning: spec.access.allowCIDRs lists IPv4 networks only: clients that arrive over IPv6 are refused; list their IPv6 networks too, if they have any.\n\n"
              .formatted(namespace.name(), service);
      assertThat(out).contains(warning);
      out = out.replace(warning, "");
    }
    assertThat(out).endsWith("2 warnings.\n");
    return out.replace("2 warnings.\n", "");
  }

  private List<String> headlines(PlanRun run) {
    return withoutWarnings(run)
        .lines()
        .filter(line -> line.startsWith("Clinic") || line.matches("  [-+~!] .*"))
        .toList();
  }

  private String id(String resource, String field, String value) {
    return account.all(resource).stream()
        .filter(row -> row.path(field).asText().equals(value))
        .map(row -> row.path("id").asText())
        .findFirst()
        .orElseThrow();
  }

  private String credential(String clinic) {
    return account.all("credentials").stream()
        .filter(row -> row.path("metadata").asText().contains("\"name\":\"" + clinic + "\""))
        .map(row -> row.path("id").asText())
        .findFirst()
        .orElseThrow();
  }

  private void patch(String resource, String id, String field, String value) {
    account.call(
        "PATCH",
        "/" + resource + "/" + id,
        new ObjectMapper().createObjectNode().put(field, value).toString());
  }

  private String retired(String domain) {
    return account.all("reserved_domains").stream()
        .filter(row -> row.path("id").asText().equals(domain))
        .map(row -> row.path("metadata").asText())
        .map(mark -> mark.replaceFirst("}$", ",\"retiredAt\":\"2026-01-01T00:00:00Z\"}"))
        .findFirst()
        .orElseThrow();
  }

  private void copyExamples(Function<String, String> change) throws IOException {
    for (String example : Manifests.examples()) {
      try (Stream<Path> files = Files.list(Path.of(example))) {
        for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).toList()) {
          String name = file.getParent().getFileName() + "-" + file.getFileName();
          Files.writeString(directory.resolve(name), change.apply(Files.readString(file)));
        }
      }
    }
  }
}
