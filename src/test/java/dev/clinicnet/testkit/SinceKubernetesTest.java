package dev.clinicnet.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.clinicnet.demo.KubernetesVersions;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SinceKubernetesTest {
  private static final SinceKubernetes SELECTABLE =
      Example.class.getAnnotation(SinceKubernetes.class);

  @SinceKubernetes(value = "1.31", has = "selectable fields")
  private static final class Example {}

  @Test
  void anOlderServerDisablesATestAndSaysWhy() {
    assertThat(SinceKubernetesCondition.evaluate(SELECTABLE, "1.31.0").isDisabled()).isFalse();
    assertThat(SinceKubernetesCondition.evaluate(SELECTABLE, "1.36.3").isDisabled()).isFalse();
    assertThat(SinceKubernetesCondition.evaluate(SELECTABLE, "1.30.14"))
        .satisfies(
            result -> {
              assertThat(result.isDisabled()).isTrue();
              assertThat(result.getReason())
                  .contains("Kubernetes 1.31 has selectable fields; this is 1.30.14");
            });
  }

  @Test
  void whatIsNoVersionIsRefused() {
    assertThatThrownBy(() -> SinceKubernetesCondition.minor("31"))
        .hasMessageContaining("not a version of Kubernetes: 31");
  }

  /**
   * Every test runs on the pinned version. A test that runs on the lowest version needs no
   * annotation.
   */
  @Test
  void everyAnnotationLeavesOutSomeVersionAndNeverThePinnedOne() {
    List<SinceKubernetes> all = annotations();

    assertThat(all).hasSizeGreaterThan(1);
    assertThat(all)
        .allSatisfy(
            since ->
                assertThat(SinceKubernetesCondition.minor(since.value()))
                    .isGreaterThan(SinceKubernetesCondition.minor(KubernetesVersions.lowest()))
                    .isLessThanOrEqualTo(
                        SinceKubernetesCondition.minor(KubernetesVersions.pinned())));
  }

  private static List<SinceKubernetes> annotations() {
    return new ClassFileImporter()
        .importPath(Path.of("target/test-classes")).stream()
            .filter(type -> !type.getName().startsWith(SinceKubernetesTest.class.getName()))
            .flatMap(type -> Stream.concat(Stream.of(type), type.getMethods().stream()))
            .flatMap(test -> test.tryGetAnnotationOfType(SinceKubernetes.class).stream())
            .toList();
  }
}
