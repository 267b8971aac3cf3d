package dev.clinicnet.operator.simulation;

import dev.clinicnet.operator.kubernetes.InMemoryCluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A run and its result.
 *
 * @param violations what did not hold; empty if all did
 * @param calls the number of calls of the operator while faults could strike
 * @param crashes how often its process ended
 * @param struck the faults that struck, by the number of the call
 * @param trace the calls in their order
 */
record Run(
    List<String> violations,
    int calls,
    int crashes,
    Map<Integer, Fault> struck,
    List<String> trace) {
  private static final Duration AFTER_ACTS = Duration.ofMinutes(3);
  private static final Duration TECHNICIANS = Duration.ofMinutes(11);
  private static final Duration RELEASE = Duration.ofMinutes(3);
  private static final Duration SETTLING = Duration.ofMinutes(22);
  private static final Duration CLEAN = Duration.ofMinutes(3);
  private static final Duration QUIET = Duration.ofMinutes(3);

  private static final Map<String, Map<String, Integer>> REFERENCES = new ConcurrentHashMap<>();

  /** Makes the run. */
  static Run of(Schedule schedule) {
    try (World world = new World(schedule, wishes(schedule))) {
      world.site().applyAll();
      world.scheduler().start();
      while (world.scheduler().isActing()) {
        world.scheduler().runUntil(world.now().plusSeconds(10));
      }
      world.scheduler().runUntil(world.now().plus(AFTER_ACTS));
      int calls = world.weather().calls();
      settle(world);
      FinalState state = new FinalState(world);
      state.judge(world.rules());
      compare(world, state.shape(), reference(world));
      state.secrets(world.rules());
      quiet(world);
      return new Run(
          List.copyOf(world.rules().violations()),
          calls,
          world.scheduler().crashes().size(),
          world.weather().struck(),
          world.trace().lines());
    }
  }

  /**
   * The clinics of a run. In every third one, sessions of the first are opened through its agent.
   * In every fourth one, the second has a lock from the start.
   */
  static List<Wishes> wishes(Schedule schedule) {
    Wishes second = new Wishes("clinic2", false);
    second.set(SpecField.INTERNAL_LOCK.name(), schedule.seed() % 4 == 2 ? 1 : 0);
    return List.of(new Wishes("clinic1", schedule.seed() % 3 == 0), second);
  }

  private static void settle(World world) {
    world.weather().clear();
    for (Wishes wish : world.site().wishes()) {
      wish.set("suspend", 0);
      world.site().reapply(wish);
    }
    world.scheduler().runUntil(world.now().plus(TECHNICIANS));
    new FinalState(world).judgeCutOff(world.rules());
    for (Wishes wish : world.site().wishes()) {
      wish.set("quarantine", 0);
      world.site().reapply(wish);
    }
    world.scheduler().runUntil(world.now().plus(RELEASE));
    for (Wishes wish : world.site().wishes()) {
      world.site().reinstall(wish);
    }
    world.server().collectGarbage();
    world.scheduler().runUntil(world.now().plus(SETTLING));
  }

  /** The account of runs without faults, with the same manifests, one for each clinic. */
  private static Map<String, Integer> reference(World world) {
    Map<String, Integer> all = new TreeMap<>();
    for (Wishes wish : world.site().wishes()) {
      List<HasMetadata> manifests =
          wish.manifests().stream().filter(manifest -> isThere(world, manifest)).toList();
      String key = wish + " " + manifests.stream().map(InMemoryCluster::path).toList();
      Map<String, Integer> known = REFERENCES.get(key);
      if (known == null) {
        known = reference(manifests);
        REFERENCES.put(key, known);
        world.present();
      }
      all.putAll(known);
    }
    return all;
  }

  private static boolean isThere(World world, HasMetadata manifest) {
    return world.server().all().stream()
        .anyMatch(there -> InMemoryCluster.path(there).equals(InMemoryCluster.path(manifest)));
  }

  private static Map<String, Integer> reference(List<HasMetadata> manifests) {
    try (World world = new World(new Schedule(0, List.of(), Map.of()), List.of())) {
      manifests.forEach(world.server()::apply);
      world.scheduler().start();
      world.scheduler().runUntil(world.now().plus(CLEAN));
      return new FinalState(world).shape();
    }
  }

  private static void compare(
      World world, Map<String, Integer> actual, Map<String, Integer> desired) {
    actual.forEach(
        (what, count) -> {
          int wanted = desired.getOrDefault(what, 0);
          if (count > wanted) {
            world.rules().broken(wanted == 0 ? "too much" : "doubled", what);
          }
        });
    desired.forEach(
        (what, count) -> {
          if (actual.getOrDefault(what, 0) < count) {
            world.rules().broken("missing", what);
          }
        });
  }

  private static void quiet(World world) {
    int before = world.writes();
    int line = world.trace().lines().size();
    world.scheduler().instance().requeue().all();
    world.scheduler().instance().sweeper().requestAll();
    world.scheduler().runUntil(world.now().plus(QUIET));
    if (world.writes() != before) {
      List<String> lines = world.trace().lines();
      world
          .rules()
          .broken(
              "quiet",
              lines.subList(line, lines.size()).stream()
                  .filter(text -> !text.contains(" GET ") && !text.contains(" read "))
                  .toList()
                  .toString());
    }
  }
}
