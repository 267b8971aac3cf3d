package dev.clinicnet.operator.policy.raw;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Raw policies, each with what is expected of it. */
class RawPolicyCorpusTest {

  /** Promises of ours: ngrok, and so the simulator, accepts these. */
  private static final Set<String> OUR_PROMISES =
      names(
          """
      forward-internal forward-internal-tcp http-request-dynamic-host http-request-internal
      http-request-redirects provider-builds-a-name secret-alias secret-computed
      secret-concatenated secret-foreign secret-hidden-in-text secret-in-bucket-key secret-nested
      secret-none-granted secret-rooted secret-variable
      """);

  /** Refused for its structure, at which the simulator does not look. */
  private static final Set<String> NOT_SIMULATED = names("custom-response-body-map");

  static Stream<RawPolicyCase> valid() {
    return RawPolicyCase.in("valid");
  }

  static Stream<RawPolicyCase> invalid() {
    return RawPolicyCase.in("invalid");
  }

  static Stream<RawPolicyCase> warning() {
    return RawPolicyCase.in("warning");
  }

  @ParameterizedTest
  @MethodSource
  void valid(RawPolicyCase policy) {
    RawPolicyFindings findings = policy.findings();

    assertThat(findings.errors()).isEmpty();
    assertThat(findings.warnings()).isEmpty();
    assertThat(RawPolicyCase.verdict(policy.tree(), policy.kind())).isEmpty();
  }

  @ParameterizedTest
  @MethodSource
  void invalid(RawPolicyCase policy) {
    RawPolicyFindings findings = policy.findings();

    assertThat(policy.expected()).isNotEmpty();
    assertThat(findings.errors()).hasSize(1);
    assertThat(findings.errors().get(0).toString()).contains(policy.expected());
  }

  @ParameterizedTest
  @MethodSource("invalid")
  void simulatorAgrees(RawPolicyCase policy) {
    String verdict = RawPolicyCase.verdictOnText(policy.tree(), policy.kind());

    assertThat(verdict.isEmpty())
        .as("accepted by the simulator, which says \"%s\"", verdict)
        .isEqualTo(isOnlyOurs(policy.name()));
  }

  @ParameterizedTest
  @MethodSource
  void warning(RawPolicyCase policy) {
    RawPolicyFindings findings = policy.findings();

    assertThat(policy.expected()).isNotEmpty();
    assertThat(findings.errors()).isEmpty();
    assertThat(findings.warnings()).hasSize(1);
    assertThat(findings.warnings().get(0).toString()).contains(policy.expected());
  }

  @Test
  void isLargeEnough() {
    assertThat(valid()).hasSizeGreaterThanOrEqualTo(10);
    assertThat(invalid()).hasSizeGreaterThanOrEqualTo(45);
    assertThat(warning()).hasSizeGreaterThanOrEqualTo(6);
  }

  @Test
  void namesOnlyPoliciesThatThereAre() {
    assertThat(invalid().map(RawPolicyCase::name))
        .containsAll(OUR_PROMISES)
        .containsAll(NOT_SIMULATED);
  }

  private static boolean isOnlyOurs(String name) {
    return OUR_PROMISES.contains(name) || NOT_SIMULATED.contains(name);
  }

  private static Set<String> names(String text) {
    return Set.of(text.strip().split("\\s+", -1));
  }
}
