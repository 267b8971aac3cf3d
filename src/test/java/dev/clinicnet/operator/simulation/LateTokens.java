package dev.clinicnet.operator.simulation;

import dev.clinicnet.operator.simulation.Act.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Schedules in which a process stands still when it has got an authtoken of a rotation, before it
 * writes it into the Secret. Another process takes the lead meanwhile, and one of its calls fails.
 * Drawn schedules hardly ever meet this moment.
 */
final class LateTokens {
  private static final Duration ROTATION = Duration.ofSeconds(200);
  private static final Duration LATEST = Duration.ofMinutes(10);

  /** The new leader lists the account in its first calls. It decides about the token after that. */
  private static final int FIRST_FAILURE = 8;

  private static final int LAST_FAILURE = 13;

  private LateTokens() {}

  /** One schedule for each call of the new leader that fails. */
  static List<Schedule> of(long seed) {
    List<Act> rotation = List.of(new Act(ROTATION, Kind.ROTATE, 0, 1));
    int write = writeOfToken(new Schedule(seed, rotation, Map.of()));
    List<Schedule> schedules = new ArrayList<>();
    for (int failure = FIRST_FAILURE; failure <= LAST_FAILURE; failure++) {
      schedules.add(
          new Schedule(
              seed, rotation, Map.of(write, Fault.LEAD_LOST, write + failure, Fault.UNAVAILABLE)));
    }
    return schedules;
  }

  private static int writeOfToken(Schedule calm) {
    try (World world = new World(calm, Run.wishes(calm))) {
      world.site().applyAll();
      world.scheduler().start();
      world.scheduler().runUntil(world.now().plus(LATEST));
      List<String> calls = world.trace().calls().stream().map(Trace.Call::what).toList();
      return calls.lastIndexOf("POST /credentials") + 1;
    }
  }
}
