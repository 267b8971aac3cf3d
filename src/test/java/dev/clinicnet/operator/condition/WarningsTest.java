package dev.clinicnet.operator.condition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class WarningsTest {

  @Test
  void eachEndsWithOneMarkAndIsFoundAgain() {
    List<String> warnings = List.of("denny is unknown; did you mean deny?", "nobody logs in");

    String message = Warnings.append("All is well.", warnings);

    assertThat(message)
        .isEqualTo(
            "All is well. Warning: denny is unknown; did you mean deny? Warning: nobody logs in.");
    assertThat(Warnings.in(message)).isEqualTo(warnings);
  }
}
