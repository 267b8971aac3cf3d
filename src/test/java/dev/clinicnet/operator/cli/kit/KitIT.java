package dev.clinicnet.operator.cli.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.cli.CommandRun;
import dev.clinicnet.operator.cli.cluster.ClusterExit;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.Person;
import dev.clinicnet.testkit.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kit} with the rights to look, and to get one Secret. */
class KitIT extends InOneNamespace {
  @TempDir private Path directory;
  private Path engineer;

  @BeforeEach
  void giveRights() {
    engineer = Person.kubeconfig(namespace, directory, "engineer", "clinicnet-viewer");
    Person.mayGetSecret(namespace, "engineer", "one-site-kit");
  }

  @Test
  void theKitIsWrittenForItsOwnerAndTheTokenIsNotPrinted() throws IOException {
    convergeOnce(Site.sharing("one"));
    Path to = directory.resolve("kit");

    CommandRun run = run(engineer, "one", "--to", to.toString());

    assertThat(run.err()).contains("holds the site's token");
    assertThat(run.code()).isEqualTo(ClusterExit.DONE.code());
    assertThat(Files.readString(to.resolve("ngrok.yml")))
        .isEqualTo(manifests.file("one-site-kit", "ngrok.yml"));
    assertThat(Files.readString(to.resolve("README.txt")))
        .isEqualTo(manifests.file("one-site-kit", "README.txt"));
    assertThat(to.resolve("HELP.txt")).exists();
    assertThat(to.resolve("authtoken")).doesNotExist();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(to)))
        .isEqualTo("rwx------");
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(to.resolve("ngrok.yml"))))
        .isEqualTo("rw-------");
    String token = manifests.file("one-site-kit", "authtoken");
    assertThat(Files.readString(to.resolve("ngrok.yml"))).contains(token);
    assertThat(run.out() + run.err()).doesNotContain(token);

    assertThat(run(engineer, "one", "--to", to.toString()).code())
        .as("an earlier kit of the same Clinic may be replaced")
        .isEqualTo(ClusterExit.DONE.code());
    Files.writeString(to.resolve("ngrok.yml"), "version: 3");
    CommandRun refused = run(engineer, "one", "--to", to.toString());
    assertThat(refused.code()).isEqualTo(ClusterExit.REFUSED.code());
    assertThat(refused.err()).contains("not of an earlier site kit", "--force").hasLineCount(1);
    assertThat(Files.readString(to.resolve("ngrok.yml"))).isEqualTo("version: 3");
    assertThat(run(engineer, "one", "--to", to.toString(), "--force").code())
        .isEqualTo(ClusterExit.DONE.code());
    assertThat(Files.readString(to.resolve("ngrok.yml"))).contains(token);
  }

  @Test
  void nothingIsWrittenWithoutAClinicAKitOrTheRight() {
    Path to = directory.resolve("kit");
    CommandRun missing = run(engineer, "one", "--to", to.toString());
    assertThat(missing.code()).isEqualTo(ClusterExit.NOT_FOUND.code());
    assertThat(missing.err()).contains("There is no Clinic " + namespace.name() + "/one");

    manifests.applyText(Site.sharing("one"));
    CommandRun early = run(engineer, "one", "--to", to.toString());
    assertThat(early.code()).isEqualTo(ClusterExit.NOT_FOUND.code());
    assertThat(early.err()).contains("does not exist yet", "clinic-operator status one");

    Path viewer = Person.kubeconfig(namespace, directory, "viewer", "clinicnet-viewer");
    CommandRun forbidden = run(viewer, "one", "--to", to.toString());
    assertThat(forbidden.code()).isEqualTo(ClusterExit.FORBIDDEN.code());
    assertThat(forbidden.err()).contains("secrets \"one-site-kit\" is forbidden").hasLineCount(1);

    assertThat(run(engineer, "one").code()).isEqualTo(ClusterExit.USAGE.code());
    assertThat(to).doesNotExist();
  }

  @Test
  void aDirectoryThatCannotBeWrittenIsAnError() throws IOException {
    convergeOnce(Site.sharing("one"));
    Path file = Files.writeString(directory.resolve("file"), "mine");

    CommandRun run = run(engineer, "one", "--to", file.resolve("kit").toString());

    assertThat(run.code()).isEqualTo(ClusterExit.FAILED.code());
    assertThat(run.err()).contains("cannot be written to").hasLineCount(1);
  }

  private static CommandRun run(Path kubeconfig, String... arguments) {
    return CommandRun.with(
        Map.of(),
        Stream.concat(Stream.of("kit", "--kubeconfig", kubeconfig.toString()), Stream.of(arguments))
            .toArray(String[]::new));
  }
}
