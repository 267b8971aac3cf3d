package dev.clinicnet.operator.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The simulation itself, and what it has found. {@link SimulationIT} runs more of it. */
class SimulationTest {
  /** Schedules that broke a rule once. Their order of work may have changed since. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "55;213000.RETAIN.1.53,455000.SUSPEND.0.73,471000.LOSE_SITE_KIT.0.11;",
        "34;31791.DELETE_CLINIC.0.31;36.OTHERS_BEFORE,68.OTHERS_AFTER,104.LEAD_LOST,150.WATCH_GAP",
        "2145;166560.OPEN_SESSION.0.54,342149.DELETE_CLINIC.0.94;",
        "3552;7186.SUSPEND.1.14;21.LEAD_LOST,59.UNAVAILABLE",
        "459;192049.OPEN_SESSION.0.59,217526.CONNECT.0.25,386621.DELETE_CLINIC.0.34;"
      })
  void whatWasFoundStaysMended(String schedule) {
    Logs.take();
    assertThat(Run.of(Schedule.parse(schedule)).violations()).isEmpty();
  }

  @Test
  void aScheduleRunsInTheSameWayAgain() {
    Logs.take();
    for (long seed : List.of(3L, 8L, 20L)) {
      List<String> once = Run.of(Schedule.of(seed)).trace();
      assertThat(Run.of(Schedule.parse(Schedule.of(seed).toString())).trace()).isEqualTo(once);
    }
  }

  @Test
  void noLifeBreaksARuleWithoutACrash() {
    Logs.take();
    for (Schedule life : Life.lives()) {
      Run run = Run.of(life);
      assertThat(run.violations()).isEmpty();
      assertThat(run.calls()).isGreaterThan(300);
    }
    assertThat(Life.lives().get(0).withFaults(Map.of(7, Fault.CRASH_AFTER)).toString())
        .endsWith(";7.CRASH_AFTER");
  }
}
