package dev.clinicnet.operator.policy.raw;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.cli.lint.Lint;
import dev.clinicnet.operator.manifest.Document;
import dev.clinicnet.operator.manifest.ManifestReader;
import dev.clinicnet.operator.manifest.Problem;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Policies in public use are accepted, with the warnings that they state. */
class PublicPoliciesTest {
  private static final String CLINIC =
      """
      apiVersion: clinicnet.dev/v1alpha1
      kind: Clinic
      metadata: {name: one}
      spec: {domains: [{name: "*.api.example.com", shared: true}]}
      ---
      """;
  private static final String RULES = "spec.trafficPolicy.";

  static Stream<PublicPolicy> policies() {
    return PublicPolicy.all();
  }

  @ParameterizedTest
  @MethodSource("policies")
  void theCheckOfTheOperatorSaysWhatIsStated(PublicPolicy policy) {
    RawPolicyFindings findings = RawPolicy.check(policy.tree(), policy.kind(), Set.of());

    assertThat(findings.warnings()).extracting(Finding::toString).isEqualTo(policy.warns());
    if (policy.refuses().isPresent()) {
      assertThat(findings.errors()).singleElement().asString().contains(policy.refuses().get());
    } else {
      assertThat(findings.errors()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("policies")
  void lintSaysTheSame(PublicPolicy policy) {
    List<Document> documents =
        new ManifestReader("clinics").read("f.yaml", CLINIC + policy.service()).documents();
    List<Problem> problems = Lint.check(documents);

    assertThat(problems.stream().filter(Problem::isError).map(Problem::message))
        .hasSize(policy.refuses().isPresent() ? 1 : 0)
        .allMatch(message -> message.contains(policy.refuses().orElse("")));
    assertThat(problems.stream().filter(problem -> !problem.isError()).map(Problem::message))
        .isEqualTo(
            policy.refuses().isPresent()
                ? List.of()
                : policy.warns().stream().map(warning -> RULES + warning).toList());
  }

  /** The policies in the form that the operator sends, with the service's own forward. */
  @ParameterizedTest
  @MethodSource("policies")
  void thePlatformTakesWhatTheOperatorSends(PublicPolicy policy) {
    if (policy.refuses().isEmpty()) {
      assertVerdict(RawPolicyCase.verdict(policy.tree(), policy.kind()), policy.sent());
    }
  }

  /** The policies as they are published, with a forward at the end, in both formats. */
  @ParameterizedTest
  @MethodSource("policies")
  void thePlatformTakesThemAsTheyAreWritten(PublicPolicy policy) {
    assertVerdict(RawPolicyCase.verdictOnText(policy.tree(), policy.kind()), policy.written());
    assertVerdict(RawPolicyCase.verdictOnYaml(policy.tree(), policy.kind()), policy.written());
  }

  private static void assertVerdict(String verdict, Optional<String> expected) {
    assertThat(verdict.isEmpty()).as(verdict).isEqualTo(expected.isEmpty());
    assertThat(verdict).contains(expected.orElse(""));
  }

  @Test
  void thereAreManyOfThem() {
    assertThat(policies()).hasSizeGreaterThanOrEqualTo(60);
    assertThat(policies().map(PublicPolicy::kind)).contains(EndpointKind.values());
    for (String type : ActionCatalogue.names()) {
      assertThat(policies().map(PublicPolicy::text))
          .as(type)
          .anyMatch(text -> text.contains("type: " + type));
    }
    for (String function : CelVocabulary.functions()) {
      assertThat(policies().map(PublicPolicy::text))
          .as(function)
          .anyMatch(text -> text.contains(function.replaceFirst("^\\.", "") + "("));
    }
  }
}
