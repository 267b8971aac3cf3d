package dev.clinicnet.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BenchCommandTest {
  @Test
  void aScenarioThatBeginsWithoutClinicsGetsAWorldOfItsOwn() {
    Scenario converge = new Converge();
    Scenario meanwhile = new Meanwhile();
    Scenario drift = new Drift();
    Scenario restart = new Restart();

    assertThat(BenchCommand.worlds(List.of(converge, meanwhile, drift)))
        .containsExactly(List.of(converge), List.of(meanwhile, drift));
    assertThat(BenchCommand.worlds(List.of(drift, restart, converge)))
        .containsExactly(List.of(drift, restart), List.of(converge));
  }
}
