package dev.clinicnet.operator.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The whole life of a clinic, and the schedules that crash at each call in it. */
final class Life {
  private static final Duration STEP = Duration.ofSeconds(75);

  /** Sessions through the agent's API, and through the public endpoint alone. */
  private static final List<Long> SEEDS = List.of(3L, 1L);

  private static final List<Act.Kind> ACTS =
      List.of(
          Act.Kind.CONNECT,
          Act.Kind.RENAME,
          Act.Kind.DOMAIN,
          Act.Kind.PATHS,
          Act.Kind.UPSTREAM,
          Act.Kind.CIDR,
          Act.Kind.HIDE,
          Act.Kind.HIDE,
          Act.Kind.DOMAIN,
          Act.Kind.OPEN_SESSION,
          Act.Kind.CLOSE_SESSION,
          Act.Kind.OPEN_SESSION,
          Act.Kind.RESTART,
          Act.Kind.ROTATE,
          Act.Kind.DISCONNECT,
          Act.Kind.CONNECT,
          Act.Kind.LOCK,
          Act.Kind.REINSTALL,
          Act.Kind.ROTATE_LOCK,
          Act.Kind.REINSTALL,
          Act.Kind.LOSE_SITE_KIT,
          Act.Kind.REINSTALL,
          Act.Kind.SUSPEND,
          Act.Kind.RENAME,
          Act.Kind.SUSPEND,
          Act.Kind.QUARANTINE,
          Act.Kind.QUARANTINE,
          Act.Kind.CONNECT,
          Act.Kind.DELETE_SERVICE,
          Act.Kind.APPLY,
          Act.Kind.RETAIN,
          Act.Kind.DELETE_ALL,
          Act.Kind.APPLY,
          Act.Kind.LOCK,
          Act.Kind.REINSTALL,
          Act.Kind.RETAIN,
          Act.Kind.DELETE_ALL,
          Act.Kind.APPLY,
          Act.Kind.DELETE_ALL);

  private Life() {}

  /** One life without a crash. */
  static Schedule whole(long seed) {
    List<Act> acts = new ArrayList<>();
    for (Act.Kind kind : ACTS) {
      acts.add(new Act(STEP.multipliedBy(acts.size() + 1), kind, 0, 1));
    }
    return new Schedule(seed, acts, Map.of());
  }

  /** One life without a crash, in which people set each field of a manifest and leave it out. */
  static Schedule ofFields(long seed) {
    List<Act> acts = new ArrayList<>();
    for (int field = 0; field < SpecField.ALL.size(); field++) {
      for (Act.Kind kind : List.of(Act.Kind.CONNECT, Act.Kind.FIELD, Act.Kind.REINSTALL)) {
        acts.add(new Act(STEP.multipliedBy(acts.size() + 1), kind, 0, field));
      }
      acts.add(new Act(STEP.multipliedBy(acts.size() + 1), Act.Kind.FIELD, 0, field));
    }
    return new Schedule(seed, acts, Map.of());
  }

  /** For each call of each life: a crash before it, and one after it. */
  static List<Schedule> everyCrash() {
    List<Schedule> all = new ArrayList<>();
    for (Schedule whole : lives()) {
      int calls = Run.of(whole).calls();
      for (int call = 0; call < calls; call++) {
        all.add(whole.withFaults(Map.of(call, Fault.CRASH_BEFORE)));
        all.add(whole.withFaults(Map.of(call, Fault.CRASH_AFTER)));
      }
    }
    return all;
  }

  /** All lives, without a crash. */
  static List<Schedule> lives() {
    return SEEDS.stream().flatMap(seed -> Stream.of(whole(seed), ofFields(seed))).toList();
  }
}
