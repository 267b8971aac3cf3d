package dev.clinicnet.operator.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** No rule is broken in the schedules of some seeds. {@link Simulation} runs more of them. */
class SimulationTest {
  private static final long FIRST_SEED = 1;
  private static final int SCHEDULES = 60;
  private static final int THREADS = 2;

  @Test
  void noRuleIsBroken() {
    Campaign campaign =
        new Campaign(true)
            .run(
                LongStream.range(FIRST_SEED, FIRST_SEED + SCHEDULES)
                    .mapToObj(Schedule::of)
                    .toList(),
                THREADS);
    campaign.first().ifPresent(failing -> fail(failing.report()));
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
  void aLifeNeedsSeveralHundredCalls() {
    Logs.take();
    Run life = Run.of(Life.whole(3));
    assertThat(life.violations()).isEmpty();
    assertThat(life.calls()).isGreaterThan(300);
    assertThat(Life.whole(3).withFaults(Map.of(7, Fault.CRASH_AFTER)).toString())
        .endsWith(";7.CRASH_AFTER");
  }
}
