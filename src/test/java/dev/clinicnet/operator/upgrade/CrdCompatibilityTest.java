package dev.clinicnet.operator.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Manifests and objects of an earlier release work with the present CRDs. */
class CrdCompatibilityTest {
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final Path EXCEPTIONS = Release.ALL.resolve("exceptions.yaml");

  /** The exceptions: changes that the comparison cannot see, or that were decided against it. */
  private record Excepted(String release, String change, String reason) {}

  static List<Release> releases() {
    return Release.all();
  }

  @Test
  void thereAreReleases() {
    assertThat(Release.all()).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("releases")
  void thePresentCrdsAdmitWhatThoseOfTheReleaseAdmitted(Release release) throws IOException {
    List<String> excepted =
        exceptions().stream()
            .filter(exception -> exception.release().equals(release.version()))
            .map(Excepted::change)
            .toList();

    List<String> breaks = breaks(release);

    assertThat(breaks)
        .as(
            "What breaks who comes from %s. A new CEL rule needs optionalOldSelf and has to spare who"
                + " broke it before, since before Kubernetes 1.33 nobody could write the status of"
                + " such an object; or say it with a keyword of the schema. An exception needs a"
                + " reason, in %s; until %s is tagged, dev/release writes its CRDs anew",
            release, EXCEPTIONS, release)
        .containsExactlyInAnyOrderElementsOf(excepted);
  }

  @Test
  void everyExceptionIsOfAReleaseAndHasAReason() throws IOException {
    List<String> versions = Release.all().stream().map(Release::version).toList();

    assertThat(exceptions())
        .allSatisfy(
            exception -> {
              assertThat(exception.release()).isIn(versions);
              assertThat(exception.reason()).isNotBlank();
            });
  }

  private static List<String> breaks(Release release) throws IOException {
    List<String> breaks = new ArrayList<>();
    try (Stream<Path> files = Files.list(release.crds())) {
      for (Path file : files.sorted().toList()) {
        Path now = Path.of("crds").resolve(file.getFileName());
        breaks.addAll(CrdComparison.breaks(read(file), Files.exists(now) ? read(now) : missing()));
      }
    }
    return breaks;
  }

  private static JsonNode read(Path file) throws IOException {
    return YAML.readTree(Files.readString(file));
  }

  private static JsonNode missing() {
    return YAML.createObjectNode().path("none");
  }

  private static List<Excepted> exceptions() throws IOException {
    return List.of(YAML.readValue(Files.readString(EXCEPTIONS), Excepted[].class));
  }
}
