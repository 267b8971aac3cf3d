package dev.clinicnet.operator.cli.siteaccess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.clinicnet.operator.cli.siteaccess.UnattendedSite.Run;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.Site;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The script that an unattended site runs, on a real API server. */
class UnattendedSiteIT extends InOneNamespace {
  private static final String KIT = "one-site-kit";
  private static final String CHECK = "ngrok config check --config";
  private static final String RESTART = "systemctl restart ngrok.service";

  @TempDir private Path directory;
  private UnattendedSite site;

  @BeforeEach
  void openSite() throws IOException {
    assumeThat(UnattendedSite.hasPrograms()).as("needs sh, flock, cmp and mktemp").isTrue();
    site = new UnattendedSite(directory, namespace);
  }

  @Test
  void aRotatedTokenReachesTheSiteByItself() throws IOException {
    try (ClinicOperator operator = operator().start()) {
      manifests.applyText(Site.clinic("one"));
      manifests.applyText(Site.api("one"));
      manifests.awaitAllReady();
      site.grant("one");

      assertThat(site.pull("--no-restart")).isEqualTo(new Run(0, installed()));
      String first = manifests.file(KIT, "ngrok.yml");
      assertThat(site.installed()).isEqualTo(first).contains("authtoken: ");
      assertThat(site.permissions()).isEqualTo("rw-------");
      assertThat(site.told()).containsExactly(CHECK);
      assertThat(site.pull()).isEqualTo(new Run(0, ""));
      assertThat(site.told()).isEmpty();

      namespace
          .admin()
          .secrets()
          .withName(KIT)
          .edit(secret -> new SecretBuilder(secret).removeFromData("authtoken").build());
      eventually(
          () ->
              assertThat(manifests.file(KIT, "ngrok.yml"))
                  .isNotEqualTo(first)
                  .contains("authtoken: "));

      // A reader that has opened the old file sees all of it: nothing is written into it.
      Path opened = Files.createLink(directory.resolve("opened"), site.etc("ngrok.yml"));
      Run run = site.pull();
      assertThat(opened).hasContent(first);
      assertThat(run.code()).isZero();
      assertThat(run.output()).endsWith("the agent was restarted\n").doesNotContain("authtoken");
      assertThat(site.installed()).isEqualTo(manifests.file(KIT, "ngrok.yml"));
      assertThat(site.told()).containsExactly(CHECK, RESTART);
      assertThat(site.pull()).isEqualTo(new Run(0, ""));
      assertThat(site.told()).isEmpty();
      assertThat(site.files())
          .containsExactly("ngrok.yml", "ngrok.yml.lock", "site-access.kubeconfig");
      assertThat(operator.httpPort()).isPositive();
    }
  }

  @Test
  void aFileThatTheAgentRefusesIsNotInstalled() throws IOException {
    begin();
    secret("authtoken: two\nREFUSED\n");

    Run run = site.pull();

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.output()).contains("the agent refuses the new file").doesNotContain("two");
    assertThat(site.told()).containsExactly(CHECK);
    assertUntouched();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-"})
  void aSecretWithoutTheFileIsNotInstalled(String text) throws IOException {
    begin();
    namespace.admin().secrets().withName(KIT).delete();
    if (text.isEmpty()) {
      secret("");
    } else {
      namespace
          .admin()
          .secrets()
          .resource(
              new SecretBuilder()
                  .withNewMetadata()
                  .withName(KIT)
                  .endMetadata()
                  .addToStringData("other", "x")
                  .build())
          .create();
    }

    Run run = site.pull();

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.output()).contains("holds no ngrok.yml yet");
    assertThat(site.told()).isEmpty();
    assertUntouched();
  }

  @Test
  void withoutTheClusterNothingChanges() throws IOException {
    begin();
    Path file = site.etc("site-access.kubeconfig");
    String access = Files.readString(file);
    Files.writeString(file, access.replaceAll("server: .*", "server: https://127.0.0.1:1"));
    Run unreachable = site.pull();
    Files.writeString(file, access.replaceAll("token: .*", "token: wrong"));
    Run refused = site.pull();
    Files.delete(file);
    Run without = site.pull();

    assertThat(unreachable.code()).isEqualTo(1);
    assertThat(refused.code()).isEqualTo(1);
    assertThat(unreachable.output() + refused.output())
        .contains("the site kit cannot be fetched; the installed file stays");
    assertThat(without.code()).isEqualTo(1);
    assertThat(without.output()).contains("site-access.kubeconfig cannot be read");
    Files.writeString(file, access);
    assertUntouched();
  }

  @ParameterizedTest
  @ValueSource(strings = {"KILL", "TERM"})
  void aRunThatIsInterruptedLeavesTheOldFileAndTheNextOneEndsTheWork(String signal)
      throws IOException {
    begin();
    secret("authtoken: two\n");
    site.order("kill-in-check", signal);

    assertThat(site.pull().code()).isNotZero();
    assertThat(site.installed()).isEqualTo("authtoken: one\n");
    assertThat(site.told()).containsExactly(CHECK);

    assertThat(site.pull().code()).isZero();
    assertThat(site.installed()).isEqualTo("authtoken: two\n");
    assertThat(site.told()).containsExactly(CHECK, RESTART);
    assertThat(site.files())
        .containsExactly("ngrok.yml", "ngrok.yml.lock", "site-access.kubeconfig");
  }

  @Test
  void anAgentThatWasNotRestartedIsRestartedByTheNextRun() throws IOException {
    begin();
    secret("authtoken: two\n");
    site.order("kill-in-restart", "");
    assertThat(site.pull().code()).isNotZero();
    site.order("restart-fails", "");
    Run failed = site.pull();
    site.withdraw("restart-fails");
    site.told();

    Run run = site.pull();

    assertThat(failed.code()).isEqualTo(1);
    assertThat(failed.output()).contains("the agent could not be restarted");
    assertThat(run.code()).isZero();
    assertThat(site.told()).containsExactly(RESTART);
    assertThat(site.pull()).isEqualTo(new Run(0, ""));
    assertThat(site.told()).isEmpty();
  }

  @Test
  void twoRunsDoNotMeet() throws IOException {
    begin();
    secret("authtoken: two\n");
    Path lock = site.etc("ngrok.yml.lock");
    // It holds the lock until its input ends.
    Process holder = new ProcessBuilder("flock", lock.toString(), "cat").start();
    try {
      await().until(() -> isHeld(lock));
      Run run = site.pull();
      assertThat(run.code()).isEqualTo(1);
      assertThat(run.output()).contains("another run has not ended yet");
    } finally {
      holder.getOutputStream().close();
      holder.onExit().join();
    }
    assertUntouched();
  }

  @Test
  void anAccessThatEndsSoonIsAWarning() throws IOException {
    begin();
    Path file = site.etc("site-access.kubeconfig");
    Instant soon = Instant.now().plus(13, ChronoUnit.DAYS);
    Files.writeString(
        file, Files.readString(file).replaceAll("# expires: .*", "# expires: " + soon));

    Run run = site.pull();

    assertThat(run.code()).isZero();
    assertThat(run.output()).contains("WARNING: the access to the site kit expires at " + soon);
    assertThat(site.pull(Map.of("SITE_KIT_WARN_DAYS", "5"))).isEqualTo(new Run(0, ""));
  }

  @Test
  void anotherCommandMayRestartTheAgent() throws IOException {
    begin();
    secret("authtoken: two\n");

    assertThat(site.pull(Map.of("SITE_KIT_RESTART", "systemctl try-restart other")).code())
        .isZero();
    assertThat(site.told()).containsExactly(CHECK, "systemctl try-restart other");
  }

  /** A site that has the file with token one. */
  private void begin() throws IOException {
    manifests.applyText(Site.clinic("one"));
    secret("authtoken: one\n");
    site.grant("one");
    assertThat(site.pull("--no-restart")).isEqualTo(new Run(0, installed()));
    site.told();
  }

  private void assertUntouched() throws IOException {
    assertThat(site.installed()).isEqualTo("authtoken: one\n");
    assertThat(site.files())
        .containsExactly("ngrok.yml", "ngrok.yml.lock", "site-access.kubeconfig");
    assertThat(site.told()).isEmpty();
  }

  private String installed() {
    return "site-kit-pull: a new " + site.etc("ngrok.yml") + " is installed\n";
  }

  private void secret(String text) {
    namespace
        .kubernetes()
        .apply(
            new SecretBuilder()
                .withApiVersion("v1")
                .withKind("Secret")
                .withNewMetadata()
                .withName(KIT)
                .withNamespace(namespace.name())
                .endMetadata()
                .addToStringData("ngrok.yml", text)
                .build());
  }

  private static boolean isHeld(Path file) throws IOException, InterruptedException {
    return new ProcessBuilder("flock", "-n", file.toString(), "true").start().waitFor() != 0;
  }
}
