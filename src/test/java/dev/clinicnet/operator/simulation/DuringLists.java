package dev.clinicnet.operator.simulation;

import dev.clinicnet.operator.simulation.Act.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Schedules in which people ask for a rotation while the credentials are being listed, and the
 * operator carries it out before the list arrives. Drawn schedules hardly ever meet this moment.
 */
final class DuringLists {
  private static final Duration LATEST = Duration.ofMinutes(15);

  private DuringLists() {}

  /** One schedule for each clinic and each list of a run of this seed. */
  static List<Schedule> of(long seed) {
    Schedule calm = new Schedule(seed, List.of(), Map.of());
    try (World world = new World(calm, Run.wishes(calm))) {
      world.site().applyAll();
      world.scheduler().start();
      world.scheduler().runUntil(world.now().plus(LATEST));
      List<Schedule> schedules = new ArrayList<>();
      List<Trace.Call> calls = world.trace().calls();
      for (int i = 0; i < calls.size(); i++) {
        if (calls.get(i).what().equals("GET /credentials")) {
          Duration at = world.age().minus(Duration.between(calls.get(i).at(), world.now()));
          for (int clinic = 0; clinic < 2; clinic++) {
            schedules.add(
                new Schedule(
                    seed,
                    List.of(new Act(at.plusMillis(2), Kind.ROTATE, clinic, 1)),
                    Map.of(i, Fault.OTHERS_AFTER)));
          }
        }
      }
      return schedules;
    }
  }
}
