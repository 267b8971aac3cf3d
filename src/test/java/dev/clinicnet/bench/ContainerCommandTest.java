package dev.clinicnet.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ContainerCommandTest {
  private static final String DEPLOYMENT =
      "resources:\n  requests:\n    memory: 1Mi\n  limits:\n    memory: 512Mi\n";

  @Test
  void theBenchRunsWhatTheImageRunsWithTheMemoryOfTheDeployment() {
    assertThat(
            ContainerCommand.of(
                """
                ENTRYPOINT ["java", "-XX:SharedArchiveFile=/app/a.jsa", "-Xss512k", \\
                  "-XX:TieredStopAtLevel=1", "-jar", "/app/a.jar"]
                CMD ["run"]
                """,
                DEPLOYMENT,
                Optional.empty()))
        .containsExactly(
            "java",
            "-XX:+UseSerialGC",
            "-XX:MaxRAM=512m",
            "-XX:SharedArchiveFile=target/layout/a.jsa",
            "-Xss512k",
            "-XX:TieredStopAtLevel=1",
            "-jar",
            "target/layout/a.jar");
  }

  @Test
  void aCollectorThatTheImageNamesIsKept() {
    assertThat(
            ContainerCommand.of(
                "ENTRYPOINT [\"java\", \"-XX:+UseParallelGC\"]", DEPLOYMENT, Optional.empty()))
        .containsExactly("java", "-XX:MaxRAM=512m", "-XX:+UseParallelGC");
  }

  @Test
  void anotherMemoryReplacesThatOfTheDeployment() {
    assertThat(
            ContainerCommand.of(
                "ENTRYPOINT [\"java\", \"-XX:+UseParallelGC\"]", DEPLOYMENT, Optional.of(1024)))
        .contains("-XX:MaxRAM=1024m");
  }

  @Test
  void theVariablesOfTheImageAreSet() {
    assertThat(ContainerCommand.environment("FROM x\nENV MALLOC_ARENA_MAX=2\nENTRYPOINT []\n"))
        .containsExactly(Map.entry("MALLOC_ARENA_MAX", "2"));
    assertThat(ContainerCommand.environment()).containsKey("MALLOC_ARENA_MAX");
  }

  @Test
  void theFilesOfTheRepositoryCanBeRead() {
    assertThat(ContainerCommand.read(Path.of("/jdk"), Optional.empty()))
        .startsWith("/jdk/bin/java")
        .anyMatch(flag -> flag.startsWith("-XX:MaxRAM="))
        .contains("-XX:SharedArchiveFile=target/layout/clinic-operator.jsa")
        .endsWith("-jar", "target/layout/clinic-operator.jar");
  }

  @Test
  void filesWithoutACommandAreRefused() {
    assertThatThrownBy(() -> ContainerCommand.of("FROM scratch", DEPLOYMENT, Optional.empty()))
        .isInstanceOf(IllegalStateException.class);
  }
}
