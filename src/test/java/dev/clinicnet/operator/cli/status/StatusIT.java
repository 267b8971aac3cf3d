package dev.clinicnet.operator.cli.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.clinicnet.operator.cli.CommandRun;
import dev.clinicnet.operator.cli.cluster.ClusterExit;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.OnDemandSite;
import dev.clinicnet.testkit.Person;
import dev.clinicnet.testkit.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code status} with the rights of somebody who may only look. */
@SuppressWarnings("try") // An operator only has to run.
class StatusIT extends InOneNamespace {
  @TempDir private Path directory;
  private Path viewer;

  @BeforeEach
  void giveRights() {
    viewer = Person.kubeconfig(namespace, directory, "sre", "clinicnet-viewer");
  }

  @Test
  void aClinicThatWorksIsShownWithEverythingThatBelongsToIt() {
    try (OnDemandSite site = new OnDemandSite(account, manifests, "one")) {
      manifests.applyText(site.clinic() + "---\n" + site.dashboard());
      try (ClinicOperator operator = watchfulOperator().start()) {
        manifests.awaitAllReady();
        site.connectAgent();
        manifests.awaitService(site.service(), ConditionType.AgentOnline, "EndpointBound");
        manifests.awaitClinic("one", ConditionType.SiteKitCurrent, "SiteKitInstalled");

        eventually(
            () -> {
              CommandRun run = run(viewer, "one");
              assertThat(run.err()).isEmpty();
              assertThat(run.code()).isEqualTo(ClusterExit.DONE.code());
              assertThat(run.out())
                  .startsWith("Clinic " + namespace.name() + "/one: ")
                  .contains("*.api.example.com: certificate")
                  .contains("online since", "Secret one-site-kit: installed")
                  .contains("one-dashboard: ok, closed, no session is open -> http://10.0.0.3:3001")
                  .doesNotContain("needs somebody", "\u001b");
            });
      }
    }
  }

  @Test
  void whatIsRefusedIsShownWithWhatToDo() throws IOException {
    manifests.applyText(
        Site.sharing("one") + "---\n" + Site.https("api", "one", "a.b.example.net"));
    try (ClinicOperator operator = operator().start()) {
      manifests.awaitService("api", ConditionType.Accepted, "HostNotCovered");
    }

    CommandRun table = run(viewer);
    assertThat(table.code()).isEqualTo(ClusterExit.NEEDS_SOMEBODY.code());
    assertThat(table.out().lines().skip(1).findFirst().orElseThrow())
        .contains(namespace.name(), "one", "needs somebody", "ClinicService api: HostNotCovered");
    CommandRun tree = run(viewer, "one");
    assertThat(tree.code()).isEqualTo(ClusterExit.NEEDS_SOMEBODY.code());
    assertThat(tree.out())
        .containsSubsequence("Accepted", "HostNotCovered", "a.b.example.net", "What to do: ")
        .contains("List it in spec.domains");
    JsonNode json = new ObjectMapper().readTree(run(viewer, "one", "-o", "json").out());
    assertThat(json.at("/clinics/0/services/0/needs").asText()).isEqualTo("somebody");
  }

  @Test
  void theSitesOfAllAccountsOrOfOneAreShown() {
    manifests.applyText(Site.sharing("one"));
    assertThat(run(viewer).out()).doesNotContain("ACCOUNT");
    manifests.applyText(Site.sharing("two", "accountRef: {name: west}"));

    String ns = namespace.name();
    assertThat(run(viewer).out())
        .containsPattern("(?m)^NAMESPACE +CLINIC +STATE +ACCOUNT +AGENT ")
        .containsPattern("(?m)^" + ns + " +one +waits +default ")
        .containsPattern("(?m)^" + ns + " +two +waits +west ");
    assertThat(run(viewer, "--account", "west").out())
        .containsPattern("(?m)^" + ns + " +two ")
        .doesNotContainPattern("(?m)^" + ns + " +one ");
    assertThat(run(viewer, "--account", "default").out())
        .containsPattern("(?m)^" + ns + " +one ")
        .doesNotContainPattern("(?m)^" + ns + " +two ");

    CommandRun wrong = run(viewer, "--account", "wets");
    assertThat(wrong.code()).isEqualTo(ClusterExit.NOT_FOUND.code());
    assertThat(wrong.err())
        .contains("no Clinic of the account wets in the namespace " + ns, "of default, west")
        .hasLineCount(1);
  }

  @Test
  void aMissingClinicAndAMissingRightAreTold() {
    CommandRun missing = run(viewer, "nobody");
    assertThat(missing.code()).isEqualTo(ClusterExit.NOT_FOUND.code());
    assertThat(missing.err())
        .contains("There is no Clinic " + namespace.name() + "/nobody")
        .hasLineCount(1);
    assertThat(run(viewer).out())
        .isEqualTo("There are no Clinics in the namespace " + namespace.name() + ".\n");

    CommandRun forbidden = run(Person.kubeconfig(namespace, directory, "stranger", ""));
    assertThat(forbidden.code()).isEqualTo(ClusterExit.FORBIDDEN.code());
    assertThat(forbidden.err())
        .contains("clinics.clinicnet.dev is forbidden", "ask an administrator for the ClusterRole")
        .hasLineCount(1);
    assertThat(forbidden.out()).isEmpty();
    assertThat(run(viewer, "-A").code()).isEqualTo(ClusterExit.FORBIDDEN.code());
  }

  @Test
  void everyNamespaceIsShownToWhoMayListAll() {
    manifests.applyText(Site.sharing("one"));

    CommandRun run = run(namespace.kubernetes().adminKubeconfigFile(), "--all-namespaces");

    assertThat(run.out()).containsPattern("(?m)^" + namespace.name() + " +one +waits ");
  }

  @Test
  void wrongUsageAndAClusterThatDoesNotAnswerAreTold() throws IOException {
    CommandRun both = run(viewer, "one", "-A");
    assertThat(both.code()).isEqualTo(ClusterExit.USAGE.code());
    assertThat(both.err()).contains("--all-namespaces goes with neither").hasLineCount(1);

    String nowhere =
        Files.readString(viewer).replaceAll("server: .*", "server: https://127.0.0.1:9");
    CommandRun silent = run(Files.writeString(directory.resolve("nowhere"), nowhere));
    assertThat(silent.code()).isEqualTo(ClusterExit.FAILED.code());
    assertThat(silent.err()).contains("cannot be reached").hasLineCount(1);

    String wrong = Files.readString(viewer).replaceAll("token: .*", "token: \"wrong\"");
    CommandRun unknown = run(Files.writeString(directory.resolve("wrong"), wrong));
    assertThat(unknown.code()).isEqualTo(ClusterExit.FAILED.code());
    assertThat(unknown.err()).contains("does not know you").hasLineCount(1);
  }

  private static CommandRun run(Path kubeconfig, String... arguments) {
    return CommandRun.with(
        Map.of(),
        Stream.concat(
                Stream.of("status", "--kubeconfig", kubeconfig.toString()), Stream.of(arguments))
            .toArray(String[]::new));
  }
}
