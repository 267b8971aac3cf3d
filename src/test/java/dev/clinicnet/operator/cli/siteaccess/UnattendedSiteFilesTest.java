package dev.clinicnet.operator.cli.siteaccess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The files that are copied to an unattended site. The script is tried in {@link UnattendedSiteIT}.
 */
class UnattendedSiteFilesTest {
  private static final Path LINUX = Path.of("examples/unattended-site/linux");
  private static final Path WINDOWS = Path.of("examples/unattended-site/windows");
  private static final String PROGRAM = "/usr/local/sbin/site-kit-pull";

  @TempDir private Path directory;

  @Test
  void systemdAcceptsTheUnits() throws Exception {
    assumeThat(isProgram("systemd-analyze")).as("needs systemd-analyze").isTrue();
    // The program must exist where the unit names it.
    Path program = Files.copy(LINUX.resolve("site-kit-pull"), directory.resolve("site-kit-pull"));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path service = directory.resolve("site-kit-pull.service");
    Files.writeString(
        service,
        Files.readString(LINUX.resolve("site-kit-pull.service"))
            .replace(PROGRAM, program.toString()));
    Path timer =
        Files.copy(LINUX.resolve("site-kit-pull.timer"), directory.resolve("site-kit-pull.timer"));

    Process verify =
        new ProcessBuilder(
                "systemd-analyze", "verify", "--man=no", service.toString(), timer.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(verify.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    // It only warns about an unknown key, and about other units of the machine.
    assertThat(said.lines().filter(line -> line.contains("site-kit-pull"))).isEmpty();
    assertThat(verify.waitFor()).as(said).isZero();
  }

  @Test
  void theTimerStartsTheServiceThatTheGuideInstalls() throws IOException {
    String guide = Files.readString(Path.of("docs/unattended-sites.md"));

    assertThat(Files.readAllLines(LINUX.resolve("site-kit-pull.service")))
        .contains("[Unit]", "[Service]", "Type=oneshot", "ExecStart=" + PROGRAM)
        .contains("ReadWritePaths=/etc/ngrok");
    // Without Unit=, a timer starts the service of its own name.
    assertThat(Files.readAllLines(LINUX.resolve("site-kit-pull.timer")))
        .contains("[Timer]", "OnBootSec=2min", "OnUnitInactiveSec=15min", "WantedBy=timers.target")
        .noneMatch(line -> line.startsWith("Unit="));
    assertThat(guide)
        .contains("sudo install -m 0755 site-kit-pull " + PROGRAM)
        .contains("sudo systemctl enable --now site-kit-pull.timer");
  }

  @Test
  void everyFileIsInTheGuide() throws IOException {
    String guide = Files.readString(Path.of("docs/unattended-sites.md"));

    for (Path folder : List.of(LINUX, WINDOWS)) {
      try (Stream<Path> files = Files.list(folder)) {
        assertThat(files)
            .isNotEmpty()
            .allSatisfy(f -> assertThat(guide).contains(f.getFileName().toString()));
      }
    }
  }

  /** PowerShell cannot be had where the tests run, so the files and the guide must say so. */
  @Test
  void whatNoTestRunsSaysSo() throws IOException {
    assertThat(Files.readString(Path.of("docs/unattended-sites.md")))
        .contains("No test runs the files for Windows");
    try (Stream<Path> files = Files.list(WINDOWS)) {
      for (Path file : files.toList()) {
        assertThat(Files.readString(file)).as(file.toString()).contains("No test runs this file");
      }
    }
  }

  @Test
  void bothScriptsReadTheCommentsOfTheKubeconfig() throws IOException {
    assertThat(Files.readString(LINUX.resolve("site-kit-pull")))
        .contains("s/^# secret: //p", "s/^# expires: //p");
    assertThat(Files.readString(WINDOWS.resolve("site-kit-pull.ps1")))
        .contains("Get-Comment 'secret'", "Get-Comment 'expires'");
  }

  private static boolean isProgram(String name) {
    return Arrays.stream(System.getenv("PATH").split(":", -1))
        .anyMatch(at -> Files.isExecutable(Path.of(at, name)));
  }
}
