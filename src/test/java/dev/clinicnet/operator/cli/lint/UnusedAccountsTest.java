package dev.clinicnet.operator.cli.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.manifest.ManifestReader;
import dev.clinicnet.operator.manifest.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An NgrokAccount that the operator does not read grants nothing, without any other sign. */
class UnusedAccountsTest {
  private static final String ACCOUNT =
      """
      apiVersion: clinicnet.dev/v1alpha1
      kind: NgrokAccount
      metadata:
        name: second
      spec:
        grants:
        - name: lakeside
          namespaces: {names: [lakeside]}
          internalDomains: ['*.internal']
      """;
  private static final String CLINIC =
      """
      ---
      apiVersion: clinicnet.dev/v1alpha1
      kind: Clinic
      metadata: {name: one, namespace: hillside}
      """;

  @Test
  void isWarnedOfAndItsGrantsDoNotCount() {
    assertThat(lint(ACCOUNT + CLINIC))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.isError()).isFalse();
              assertThat(problem.field()).isEqualTo("metadata.name");
              assertThat(problem.position().line()).isEqualTo(4);
              assertThat(problem.message())
                  .isEqualTo(
                      "An NgrokAccount with another name than default needs spec.apiKeySecretRef: name"
                          + " the Secret with its API key, or rename it, or delete it.");
            });
  }

  @Test
  void oneWithAKeyIsUsedForItsClinics() {
    String second = ACCOUNT.replace("spec:", "spec:\n  apiKeySecretRef: {name: keys, key: second}");
    assertThat(lint(second + CLINIC)).isEmpty();
    assertThat(lint(second + CLINIC + "spec: {accountRef: {name: second}}\n"))
        .singleElement()
        .satisfies(problem -> assertThat(problem.message()).contains("NgrokAccount second"));
    assertThat(lint(CLINIC + "spec: {accountRef: {name: elsewhere}}\n")).isEmpty();
  }

  @Test
  void theUsedOneIsNot() {
    assertThat(lint(ACCOUNT.replace("second", "default"))).isEmpty();
    assertThat(lint(ACCOUNT.replace("second", "default") + CLINIC))
        .singleElement()
        .satisfies(problem -> assertThat(problem.isError()).as("its grants count").isTrue());
  }

  @Test
  void oneThatIsBrokenIsOnlyToldWhatIsBroken() {
    assertThat(lint(ACCOUNT.replace("name: lakeside", "name: Lakeside")))
        .allSatisfy(problem -> assertThat(problem.isError()).isTrue());
  }

  private static List<Problem> lint(String text) {
    return Lint.check(new ManifestReader("clinics").read("f.yaml", text).documents());
  }
}
