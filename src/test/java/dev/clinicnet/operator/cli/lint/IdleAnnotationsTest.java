package dev.clinicnet.operator.cli.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.kubernetes.Annotations;
import dev.clinicnet.operator.manifest.ManifestReader;
import dev.clinicnet.operator.manifest.Problem;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdleAnnotationsTest {

  @ParameterizedTest
  @CsvSource({
    "clinicnet.dev/quarantin, did you mean clinicnet.dev/quarantine?",
    "clinicnet.dev/restart-agent, did you mean clinicnet.dev/restart-agents?",
    "clinicnet.dev/something, is not an annotation of the operator: it does nothing",
  })
  void anUnknownOneIsAWarning(String key, String words) {
    assertThat(lint(key + ": \"true\""))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.isError()).isFalse();
              assertThat(problem.position().line()).isEqualTo(6);
              assertThat(problem.message()).contains(key, words);
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"quarantine: 'yes'", "quarantine: 'True'", "abandon: ''", "abandon: '1'"})
  void aValueThatDoesNothingIsAWarning(String annotation) {
    assertThat(lint("clinicnet.dev/" + annotation))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.isError()).isFalse();
              assertThat(problem.message()).contains("does nothing: write \"true\"");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"clinic2", "clinics/", "/clinic2", "a/b/c"})
  void aHandOverThatNamesNoObjectIsAWarning(String value) {
    assertThat(lint("clinicnet.dev/hand-over-to: " + value))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.isError()).isFalse();
              assertThat(problem.message()).contains("write NAMESPACE/NAME");
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "clinicnet.dev/hand-over-to: clinics/clinic2",
        "clinicnet.dev/quarantine: 'true'",
        "clinicnet.dev/quarantine: 'false'",
        "clinicnet.dev/contact: 'Ann, extension 12'",
        "clinicnet.dev/retry: '2'",
        "example.com/quarantin: 'true'",
      })
  void whatDoesSomethingOrIsNotOursIsNone(String annotation) {
    assertThat(lint(annotation)).isEmpty();
  }

  @Test
  void everyAnnotationIsKnown() throws IllegalAccessException {
    List<Object> named = new ArrayList<>();
    for (Field field : Annotations.class.getFields()) {
      if (Modifier.isStatic(field.getModifiers()) && field.getType() == String.class) {
        named.add(field.get(null));
      }
    }
    assertThat(Annotations.KNOWN)
        .containsExactlyInAnyOrderElementsOf(named.stream().map(String.class::cast).toList());
    assertThat(Annotations.KNOWN).containsAll(Annotations.SWITCHES);
  }

  private static List<Problem> lint(String annotation) {
    String text =
        """
        apiVersion: clinicnet.dev/v1alpha1
        kind: Clinic
        metadata:
          name: one
          annotations:
            %s
        spec:
          suspend: false
        """
            .formatted(annotation);
    return Lint.check(new ManifestReader("default").read("x.yaml", text).documents());
  }
}
