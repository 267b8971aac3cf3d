package dev.clinicnet.operator.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyDisplayTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"client_secret\": \"planted-77\"}",
        "{\"credentials\": [\"eve:planted-77\"]}",
        "{\"headers\": {\"Authorization\": \"planted-77\", \"X-Api-Key\": \"planted-77\"}}",
        "{\"url\": \"https://eve:planted-77@example.com/\"}",
        "{\"headers\": {\"x\": \"Bearer planted-77\"}}",
        "client_secret: planted-77",
        "not a policy: [planted-77"
      })
  void secretsAreHidden(String policy) {
    assertThat(String.join("\n", PolicyDisplay.lines(policy))).doesNotContain("planted-77");
  }

  @Test
  void theRestIsShownInOneOrder() {
    assertThat(PolicyDisplay.lines("{\"b\": 1, \"a\": [\"x\"]}"))
        .containsExactly("{", "  \"a\" : [ \"x\" ],", "  \"b\" : 1", "}");
  }

  @Test
  void whatIsReadFromTheVaultIsShown() {
    String reference = "${secrets.get('vault', 'name')}";

    assertThat(PolicyDisplay.lines("{\"client_secret\": \"" + reference + "\"}").get(1))
        .contains(reference);
  }
}
