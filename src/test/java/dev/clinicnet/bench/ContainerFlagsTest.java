package dev.clinicnet.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ContainerFlagsTest {
  private static final String DEPLOYMENT =
      "resources:\n  requests:\n    memory: 1Mi\n  limits:\n    memory: 512Mi\n";

  @Test
  void theBenchRunsWithTheFlagsOfTheImageAndTheMemoryOfTheDeployment() {
    assertThat(
            ContainerFlags.of(
                "ENTRYPOINT [\"java\", \"-XX:SharedArchiveFile=/app/a.jsa\", \"-Xss512k\", \\\n"
                    + " \"-XX:TieredStopAtLevel=1\", \"-jar\", \"/app/a.jar\"]",
                DEPLOYMENT,
                Optional.empty()))
        .containsExactly(
            "-Xss512k", "-XX:TieredStopAtLevel=1", "-XX:MaxRAM=512m", "-XX:+UseSerialGC");
  }

  @Test
  void aCollectorThatTheImageNamesIsKept() {
    assertThat(ContainerFlags.of("\"-XX:+UseParallelGC\"", DEPLOYMENT, Optional.empty()))
        .containsExactly("-XX:+UseParallelGC", "-XX:MaxRAM=512m");
  }

  @Test
  void anotherMemoryReplacesThatOfTheDeployment() {
    assertThat(ContainerFlags.of("\"-XX:+UseParallelGC\"", DEPLOYMENT, Optional.of(1024)))
        .containsExactly("-XX:+UseParallelGC", "-XX:MaxRAM=1024m");
  }

  @Test
  void theVariablesOfTheImageAreSet() {
    assertThat(ContainerFlags.environment("FROM x\nENV MALLOC_ARENA_MAX=2\nENTRYPOINT []\n"))
        .containsExactly(Map.entry("MALLOC_ARENA_MAX", "2"));
    assertThat(ContainerFlags.environment()).containsKey("MALLOC_ARENA_MAX");
  }

  @Test
  void theFilesOfTheRepositoryCanBeRead() {
    assertThat(ContainerFlags.read(Optional.empty()))
        .anyMatch(flag -> flag.startsWith("-XX:MaxRAM="));
  }

  @Test
  void filesWithoutFlagsAreRefused() {
    assertThatThrownBy(() -> ContainerFlags.of("FROM scratch", DEPLOYMENT, Optional.empty()))
        .isInstanceOf(IllegalStateException.class);
  }
}
