package dev.clinicnet.operator.simulation;

import static org.assertj.core.api.Assertions.fail;

import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No rule is broken in the schedules of the first seeds. {@link Simulation} runs more of them. */
class SimulationIT {
  private static final long FIRST_SEED = 1;
  private static final int SCHEDULES = 500;
  private static final int LISTS = 10;
  private static final int THREADS = 2;

  @Test
  void noRuleIsBroken() {
    run(LongStream.range(FIRST_SEED, FIRST_SEED + SCHEDULES).mapToObj(Schedule::of));
  }

  @Test
  void noRuleIsBrokenByChangesDuringLists() {
    run(
        LongStream.range(FIRST_SEED, FIRST_SEED + LISTS)
            .boxed()
            .flatMap(seed -> DuringLists.of(seed).stream()));
  }

  private static void run(Stream<Schedule> schedules) {
    Campaign campaign = new Campaign(true).run(schedules.toList(), THREADS);
    campaign.first().ifPresent(failing -> fail(failing.report()));
  }
}
