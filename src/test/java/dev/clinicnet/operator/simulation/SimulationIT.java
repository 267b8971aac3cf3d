package dev.clinicnet.operator.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** No rule is broken in the schedules of the first seeds. {@link Simulation} runs more of them. */
@Isolated("Its time is measured, and it uses both processors.")
class SimulationIT {
  private static final long FIRST_SEED = 1;
  private static final int SCHEDULES = 500;
  private static final int LISTS = 10;
  private static final int TOKENS = 6;
  private static final int LOCKS = 6;
  private static final int THREADS = 3;
  private static final Duration LONGEST = Duration.ofSeconds(60);

  /** Its time is measured on the processors, because other programs run at the same moment. */
  @Test
  void noRuleIsBrokenInTheFirstSchedules() {
    Campaign campaign =
        run(LongStream.range(FIRST_SEED, FIRST_SEED + SCHEDULES).mapToObj(Schedule::of));

    System.out.println("simulation: " + campaign.figures());
    assertThat(campaign.processorTime().dividedBy(THREADS)).isLessThan(LONGEST);
  }

  @Test
  void noRuleIsBrokenByChangesDuringLists() {
    run(
        LongStream.range(FIRST_SEED, FIRST_SEED + LISTS)
            .boxed()
            .flatMap(seed -> DuringLists.of(seed).stream()));
  }

  @Test
  void noRuleIsBrokenByLateTokens() {
    run(
        LongStream.range(FIRST_SEED, FIRST_SEED + TOKENS)
            .boxed()
            .flatMap(seed -> LateTokens.of(seed).stream()));
  }

  @Test
  void noRuleIsBrokenByLocksOfUnlistedAgents() {
    run(
        LongStream.range(FIRST_SEED, FIRST_SEED + LOCKS)
            .boxed()
            .flatMap(seed -> UnlistedLocks.of(seed).stream()));
  }

  private static Campaign run(Stream<Schedule> schedules) {
    Campaign campaign = new Campaign(true).run(schedules.toList(), THREADS);
    campaign.first().ifPresent(failing -> fail(failing.report()));
    return campaign;
  }
}
