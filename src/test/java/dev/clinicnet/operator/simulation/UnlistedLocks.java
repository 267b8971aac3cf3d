package dev.clinicnet.operator.simulation;

import dev.clinicnet.operator.simulation.Act.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Schedules in which a lock is switched off soon after its site kit was installed, mostly before
 * the agent with that kit is listed. Drawn schedules hardly ever meet this moment.
 */
final class UnlistedLocks {
  private static final Duration CONNECTED = Duration.ofSeconds(75);
  private static final Duration LOCKED = Duration.ofSeconds(150);
  private static final Duration INSTALLED = Duration.ofSeconds(225);

  /** How long after the installation the lock is switched off. */
  private static final List<Duration> OFF =
      List.of(Duration.ofMillis(1), Duration.ofSeconds(2), Duration.ofSeconds(20));

  private UnlistedLocks() {}

  /** For each time, and with an agent before or without one: a schedule of this seed. */
  static List<Schedule> of(long seed) {
    return OFF.stream()
        .flatMap(off -> Stream.of(of(seed, Kind.CONNECT, off), of(seed, Kind.TOUCH, off)))
        .toList();
  }

  private static Schedule of(long seed, Kind first, Duration off) {
    return new Schedule(
        seed,
        List.of(
            new Act(CONNECTED, first, 0, 1),
            new Act(LOCKED, Kind.LOCK, 0, 1),
            new Act(INSTALLED, Kind.REINSTALL, 0, 1),
            new Act(INSTALLED.plus(off), Kind.LOCK, 0, 1)),
        Map.of());
  }
}
