package dev.clinicnet.operator.it.trust;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clinicnet.operator.cli.CommandRun;
import dev.clinicnet.operator.cli.imports.HandMadeSites;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.testkit.AppliedGrants;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.OneLetter;
import dev.clinicnet.testkit.OnePage;
import dev.clinicnet.testkit.OwnKubernetes;
import dev.clinicnet.testkit.Team;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** An account that grew by hand is imported, and its manifests are applied. */
@OwnKubernetes
class ImportIT extends InOneNamespace {
  /** One site for each form of policy. */
  private static final int SITES = 9;

  private static final String VISITOR = "203.0.113.7";

  @RegisterExtension final AppliedGrants grants = new AppliedGrants();

  @TempDir private Path temporary;

  @Test
  void applyingWhatIsImportedChangesNothingButMarks() throws IOException {
    try (OnePage web = new OnePage('A');
        OneLetter database = new OneLetter('A')) {
      HandMadeSites sites = HandMadeSites.in(account, SITES);
      for (JsonNode agent : sites.agents()) {
        account.upstreams(
            agent,
            Map.of("192.168.1.100:8080", web.address(), "192.168.1.101:5432", database.address()));
      }
      JsonNode before = withoutMarks(account.state());
      Map<String, String> traffic = visitAll(sites);
      assertThat(traffic.values().stream().filter("A"::equals)).hasSizeGreaterThanOrEqualTo(5);
      List<String> connected = account.credentialsInUse();
      Path directory = temporary.resolve("sites");
      assertThat(command("import", directory.toString(), "--namespace", namespace.name()).code())
          .isZero();
      account.forgetRequests();

      apply(directory);
      try (ClinicOperator operator = watchfulOperator().start()) {
        manifests.awaitAllReady();
        awaitSweeps(3);

        assertThat(account.writes().keySet())
            .isNotEmpty()
            .allMatch(one -> one.startsWith("PATCH "));
        assertThat(withoutMarks(account.state())).isEqualTo(before);
        assertThat(account.credentialsInUse()).isEqualTo(connected);
        assertThat(visitAll(sites)).isEqualTo(traffic);
        manifests.awaitClinic("lakeside", ConditionType.AgentOnline, "AgentConnected");
        manifests.awaitClinic("lakeside", ConditionType.SiteKitCurrent, "AuthtokenKept");
        manifests.awaitService("lakeside-rest-api", ConditionType.AgentOnline, "EndpointBound");
        assertThat(account.all("endpoints").stream().filter(ImportIT::isCloud))
            .hasSize(SITES)
            .allSatisfy(row -> assertThat(mark(row).wasAdopted()).isTrue());

        CommandRun plan = command("plan", directory.toString(), "--exit-code");
        assertThat(plan.out()).contains("No changes.");
        assertThat(plan.code()).isZero();

        issueAnAuthtoken("lakeside", connected);
        assertThat(operator.httpPort()).isPositive();
      }
    }
  }

  /** A site kit is issued when the annotation goes, and the old token works on. */
  private void issueAnAuthtoken(String clinic, List<String> connected) {
    manifests.annotateClinic(clinic, "clinicnet.dev/keep-authtoken", null);
    manifests.awaitClinic(clinic, ConditionType.SiteKitCurrent, "SiteKitNotInstalled");
    eventually(
        () -> assertThat(manifests.publishedFile(clinic + "-site-kit", "ngrok.yml")).isPresent());
    assertThat(creations()).containsOnlyKeys("POST /service_users", "POST /credentials");
    awaitSweeps(2);
    assertThat(account.credentialsInUse()).isEqualTo(connected);
    assertThat(manifests.clinic(clinic).getStatus().authtoken().retiring()).hasSize(1);
  }

  private static boolean isCloud(JsonNode row) {
    return row.path("type").asText().equals("cloud");
  }

  private void apply(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.sorted().toList()) {
        String text = Files.readString(file);
        if (file.endsWith("ngrokaccount.yaml")) {
          namespace.kubernetes().apply(text);
        } else {
          Stream.of(text.split("(?m)^---\n")).forEach(manifests::applyText);
        }
      }
    }
  }

  private Map<String, String> visitAll(HandMadeSites sites) {
    Map<String, String> answers = new TreeMap<>();
    for (String url : sites.publicURLs()) {
      if (!url.startsWith("tls:")) {
        answers.put(url, Team.visit(account, url, VISITOR));
      }
    }
    return answers;
  }

  /** Everything in the account except what marks are written to. */
  private static JsonNode withoutMarks(String state) throws IOException {
    JsonNode tree = new JsonMapper().readTree(state);
    tree.forEach(
        rows ->
            rows.forEach(
                row -> {
                  if (row instanceof ObjectNode object) {
                    object.remove(List.of("metadata", "updated_at"));
                  }
                }));
    return tree;
  }

  private CommandRun command(String... arguments) {
    return CommandRun.on(account.url(), arguments);
  }
}
