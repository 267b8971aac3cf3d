package dev.clinicnet.operator.cli.siteaccess;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.cli.CommandRun;
import dev.clinicnet.testkit.FreshNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A machine at a site: the script for Linux with the real kubectl, a kubeconfig of {@code
 * site-access}, and stand-ins for {@code ngrok} and {@code systemctl}, which keep a log.
 */
final class UnattendedSite {
  private static final Path SCRIPT = Path.of("examples/unattended-site/linux/site-kit-pull");

  /** The agent refuses a file with the word REFUSED in it. */
  private static final String NGROK =
      """
      #!/bin/sh
      echo "ngrok $1 $2 $3" >>"$SITE/log"
      [ ! -e "$SITE/kill-in-check" ] || { s=$(cat "$SITE/kill-in-check"); rm "$SITE/kill-in-check"; kill -s "$s" $PPID; }
      grep authtoken "$4"
      ! grep -q REFUSED "$4"
      """;

  private static final String SYSTEMCTL =
      """
      #!/bin/sh
      echo "systemctl $*" >>"$SITE/log"
      [ ! -e "$SITE/kill-in-restart" ] || { rm "$SITE/kill-in-restart"; kill -s KILL $PPID; }
      [ ! -e "$SITE/restart-fails" ]
      """;

  private final Path directory;
  private final FreshNamespace namespace;

  UnattendedSite(Path directory, FreshNamespace namespace) throws IOException {
    this.directory = directory;
    this.namespace = namespace;
    Path bin = Files.createDirectory(directory.resolve("bin"));
    Files.createDirectory(directory.resolve("etc"));
    program(bin.resolve("ngrok"), NGROK);
    program(bin.resolve("systemctl"), SYSTEMCTL);
    program(
        bin.resolve("kubectl"),
        "#!/bin/sh\nexec '%s' \"$@\"\n"
            .formatted(namespace.kubernetes().kubectlProgram().toAbsolutePath()));
  }

  /** One run of the script. */
  record Run(int code, String output) {}

  /** Gives the site its access, as an administrator does. */
  void grant(String clinic) throws IOException {
    namespace.kubernetes().apply(siteAccess(clinic, "--manifests"));
    Files.writeString(etc("site-access.kubeconfig"), siteAccess(clinic));
  }

  private String siteAccess(String clinic, String... arguments) {
    CommandRun run =
        CommandRun.with(
            Map.of(),
            Stream.concat(
                    Stream.of(
                        "site-access",
                        clinic,
                        "-n",
                        namespace.name(),
                        "--kubeconfig",
                        namespace.kubernetes().adminKubeconfigFile().toString()),
                    Stream.of(arguments))
                .toArray(String[]::new));
    assertThat(run.code()).as(run.err()).isZero();
    return run.out();
  }

  /** Runs the script. */
  Run pull(String... arguments) {
    return pull(Map.of(), arguments);
  }

  Run pull(Map<String, String> variables, String... arguments) {
    List<String> command = new ArrayList<>(List.of("sh", SCRIPT.toString()));
    command.addAll(List.of(arguments));
    Map<String, String> all = new HashMap<>(variables);
    all.putIfAbsent("SITE_KIT_CONFIG", etc("ngrok.yml").toString());
    all.putIfAbsent("SITE_KIT_KUBECONFIG", etc("site-access.kubeconfig").toString());
    all.put("SITE", directory.toString());
    all.put("PATH", directory.resolve("bin") + ":" + System.getenv("PATH"));
    try {
      Path log = directory.resolve("output");
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
      builder.environment().putAll(all);
      Process process = builder.start();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      return new Run(process.exitValue(), Files.readString(log));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The installed file. */
  String installed() throws IOException {
    return Files.readString(etc("ngrok.yml"));
  }

  /** The file's permissions, such as {@code rw-------}. */
  String permissions() throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(etc("ngrok.yml")));
  }

  /** What the agent and systemd were told since the last call. */
  List<String> told() throws IOException {
    Path log = directory.resolve("log");
    List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
    Files.deleteIfExists(log);
    return lines;
  }

  /** The names of all files beside the installed one, hidden ones included. */
  List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("etc"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  /** Puts a file before the stand-ins, which changes what they do. */
  void order(String file, String text) throws IOException {
    Files.writeString(directory.resolve(file), text);
  }

  void withdraw(String file) throws IOException {
    Files.delete(directory.resolve(file));
  }

  Path etc(String file) {
    return directory.resolve("etc").resolve(file);
  }

  /** Whether the machine of the tests has what the script needs. */
  static boolean hasPrograms() {
    List<String> path = Arrays.asList(System.getenv("PATH").split(":", -1));
    return Stream.of("sh", "flock", "cmp", "mktemp")
        .allMatch(name -> path.stream().anyMatch(at -> Files.isExecutable(Path.of(at, name))));
  }

  private static void program(Path file, String text) throws IOException {
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
