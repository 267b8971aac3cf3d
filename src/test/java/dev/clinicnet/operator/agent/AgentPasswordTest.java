package dev.clinicnet.operator.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class AgentPasswordTest {
  @Test
  void isLongAndRandomAndPrintsAsStars() {
    SecureRandom random = new SecureRandom();
    Set<String> drawn = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      AgentPassword password = AgentPassword.generate(random);
      assertThat(password.reveal()).matches("[A-Za-z0-9_-]{43}");
      assertThat(password).hasToString("***").isEqualTo(new AgentPassword(password.reveal()));
      drawn.add(password.reveal());
    }
    assertThat(drawn).hasSize(100);
  }

  @Test
  void itsFingerprintTellsItFromOthers() {
    AgentPassword one = new AgentPassword("a".repeat(43));
    AgentPassword other = new AgentPassword("b".repeat(43));

    assertThat(one.fingerprint()).matches("[0-9a-f]{64}").isNotEqualTo(other.fingerprint());
    assertThat(one).isNotEqualTo(other);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "letmein", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa${"})
  void refusesWhatCouldBeGuessedOrEvaluated(String text) {
    assertThatThrownBy(() -> new AgentPassword(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a password of an agent's API has 43 characters");
  }
}
