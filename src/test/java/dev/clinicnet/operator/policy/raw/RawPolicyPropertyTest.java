package dev.clinicnet.operator.policy.raw;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No raw rule passes the check and is then refused by the simulator, which has its own code. */
class RawPolicyPropertyTest {

  private static final int CASES = 1500;

  @ParameterizedTest
  @ValueSource(longs = {1, 20_000, 300_000, 4_000_000})
  void whatPassesIsAccepted(long seed) {
    int passed = 0;
    for (int i = 0; i < CASES; i++) {
      RandomRules random = new RandomRules(seed + i);
      Map<String, Object> tree = random.next();
      EndpointKind kind = random.kind();
      RawPolicyFindings findings = RawPolicy.check(tree, kind, Set.of());
      if (findings.accepted() && findings.warnings().isEmpty()) {
        passed++;
        assertThat(RawPolicyCase.verdict(tree, kind))
            .as("seed %d, %s: %s", seed + i, kind, tree)
            .isEmpty();
      }
    }
    assertThat(passed).as("else nothing is shown").isGreaterThan(CASES / 10);
  }
}
