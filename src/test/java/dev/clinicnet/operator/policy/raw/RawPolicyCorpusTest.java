package dev.clinicnet.operator.policy.raw;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Policies in files, each with what is expected of it. */
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

  static Stream<RawPolicyFile> valid() {
    return RawPolicyFile.in("valid");
  }

  static Stream<RawPolicyFile> invalid() {
    return RawPolicyFile.in("invalid");
  }

  static Stream<RawPolicyFile> warning() {
    return RawPolicyFile.in("warning");
  }

  @ParameterizedTest
  @MethodSource
  void valid(RawPolicyFile file) {
    RawPolicyFindings findings = file.findings();

    assertThat(findings.errors()).isEmpty();
    assertThat(findings.warnings()).isEmpty();
    assertThat(RawPolicyFile.verdict(file.tree(), file.kind())).isEmpty();
  }

  @ParameterizedTest
  @MethodSource
  void invalid(RawPolicyFile file) {
    RawPolicyFindings findings = file.findings();

    assertThat(file.expected()).isNotEmpty();
    assertThat(findings.errors()).hasSize(1);
    assertThat(findings.errors().get(0).toString()).contains(file.expected());
  }

  @ParameterizedTest
  @MethodSource("invalid")
  void simulatorAgrees(RawPolicyFile file) {
    String verdict = RawPolicyFile.verdictOnText(file.tree(), file.kind());

    assertThat(verdict.isEmpty())
        .as("accepted by the simulator, which says \"%s\"", verdict)
        .isEqualTo(isOnlyOurs(file.name()));
  }

  @ParameterizedTest
  @MethodSource
  void warning(RawPolicyFile file) {
    RawPolicyFindings findings = file.findings();

    assertThat(file.expected()).isNotEmpty();
    assertThat(findings.errors()).isEmpty();
    assertThat(findings.warnings()).hasSize(1);
    assertThat(findings.warnings().get(0).toString()).contains(file.expected());
  }

  @Test
  void isLargeEnough() {
    assertThat(valid()).hasSizeGreaterThanOrEqualTo(10);
    assertThat(invalid()).hasSizeGreaterThanOrEqualTo(45);
    assertThat(warning()).hasSizeGreaterThanOrEqualTo(6);
  }

  @Test
  void namesOnlyFilesThatThereAre() {
    assertThat(invalid().map(RawPolicyFile::name))
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
