package dev.clinicnet.operator.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.claim.ServiceNames;
import dev.clinicnet.simulator.SimulatorVerdict;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A manifest that passes without a warning on its rules never becomes a policy that the simulator,
 * with its own code, refuses.
 */
class AcceptedPolicyPropertyTest {
  private static final int CASES = 400;
  private static final Map<String, String> USERS = Map.of("ann", "planted-password");

  @ParameterizedTest
  @ValueSource(longs = {1, 20_000, 300_000, 4_000_000})
  void whatPassesValidationIsAcceptedByThePlatform(long seed) {
    int checked = 0;
    for (long i = seed; i < seed + CASES; i++) {
      String manifest = new RandomServices(i).next();
      Optional<AcceptedPolicy> accepted = AcceptedPolicy.of(manifest, USERS);
      if (accepted.isPresent() && !isWarnedOf(accepted.get())) {
        checked++;
        String policy = accepted.get().policy().toJson();
        String url =
            ServiceNames.publicURL(accepted.get().service()).orElse("tcp://1.tcp.ngrok.io:20000");
        assertThat(SimulatorVerdict.refusal(policy, url))
            .as("seed %d: %s became %s", i, manifest, policy)
            .isEmpty();
        assertThat(policy).doesNotContain("planted-");
      }
    }
    assertThat(checked).as("else little is shown").isGreaterThan(CASES * 3 / 10);
  }

  /** The platform may refuse rules with a warning, because a warning is only a belief. */
  private static boolean isWarnedOf(AcceptedPolicy accepted) {
    return accepted.warnings().stream()
        .anyMatch(warning -> warning.startsWith("spec.trafficPolicy"));
  }
}
