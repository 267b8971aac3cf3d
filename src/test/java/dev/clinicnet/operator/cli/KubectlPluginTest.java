package dev.clinicnet.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The plugin of kubectl calls the program that it finds. */
class KubectlPluginTest {
  private static final Path PLUGIN = Path.of("deploy/kubectl/kubectl-clinic").toAbsolutePath();

  @TempDir private Path programs;

  @ParameterizedTest
  @CsvSource({
    "'', status",
    "-A, status -A",
    "-n clinics, status -n clinics",
    "status one, status one",
    "open web --reason x, open web --reason x",
    "--help, --help",
    "--version, --version",
    "run, run"
  })
  void itPassesOnWhatItGets(String given, String passedOn) throws Exception {
    program("clinic-operator");

    assertThat(run(Map.of(), given)).isEqualTo("clinic-operator " + passedOn + "\n0");
  }

  @Test
  void itRunsTheJarThatTheVariableNames() throws Exception {
    program("java");

    assertThat(run(Map.of("CLINIC_OPERATOR_JAR", "/opt/a jar"), "status one"))
        .isEqualTo("java -XX:TieredStopAtLevel=1 -jar /opt/a jar status one\n0");
  }

  @Test
  void withoutAProgramItSaysWhatToDo() throws Exception {
    assertThat(run(Map.of(), "status")).contains("CLINIC_OPERATOR_JAR").endsWith("\n127");
  }

  private void program(String name) throws IOException {
    Path file =
        Files.writeString(programs.resolve(name), "#!/bin/sh\necho \"" + name + "\" \"$@\"\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  private String run(Map<String, String> variables, String arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("/bin/sh", PLUGIN.toString()));
    if (!arguments.isEmpty()) {
      command.addAll(List.of(arguments.split(" ")));
    }
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(variables);
    builder.environment().put("PATH", programs.toString());
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return out + process.waitFor();
  }
}
