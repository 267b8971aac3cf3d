package dev.clinicnet.operator.simulation;

import dev.clinicnet.operator.reconcile.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Does one thing after the other: a pass, a sweep, the delivery of an event, the end of a process,
 * and what people do. The order of what could be done at the same moment is drawn.
 */
final class Scheduler {
  private static final Duration STALL = Duration.ofMinutes(2);
  private static final Duration DELETION_CHECK = Duration.ofSeconds(5);
  private static final int DEEPEST = 2;

  /** More calls than a run needs, and than each act and each object need in addition. */
  private static final int CALLS = 1_000;

  private static final int CALLS_OF_EACH = 50;

  private final World world;
  private final Deque<Act> acts;
  private final Set<String> running = new HashSet<>();
  private Instance instance;
  private Instant restart;
  private Instant stalledUntil = Instant.EPOCH;
  private boolean sweeping;
  private int depth;
  private final int planned;
  private boolean restless;
  private final List<Instant> crashes = new ArrayList<>();

  Scheduler(World world, List<Act> acts) {
    this.world = world;
    this.acts = new ArrayDeque<>(acts);
    this.planned = acts.size();
  }

  Instance instance() {
    return instance;
  }

  /** When processes ended. */
  List<Instant> crashes() {
    return crashes;
  }

  boolean isActing() {
    return !acts.isEmpty();
  }

  /** Starts a process. */
  void start() {
    restart = null;
    running.clear();
    sweeping = false;
    world.trace().note(world.now(), "a process starts");
    instance = world.begin();
  }

  /** Goes on until a time. If the operator never rests, a rule is broken, and only time goes on. */
  void runUntil(Instant end) {
    while (world.now().isBefore(end)) {
      if (!restless && isRestless()) {
        restless = true;
        acts.clear();
        world.rules().broken("rest", "the operator calls without end");
      }
      if (restless) {
        world.pass(Duration.between(world.now(), end));
      } else if (!step()) {
        Instant next = next(end);
        world.pass(Duration.between(world.now(), next).plusMillis(1));
      }
    }
  }

  private boolean isRestless() {
    return world.weather().calls() > CALLS + CALLS_OF_EACH * (planned + world.server().size());
  }

  /** The process works no more: it is gone with all that it knew. */
  private void die(Crash crash) {
    world.trace().note(world.now(), crash.getMessage());
    crashes.add(world.now());
    instance = null;
    running.clear();
    sweeping = false;
    restart = world.now().plusMillis(world.random().nextInt(15_000));
  }

  /** Another process takes the lead and works a while, before this one goes on. */
  void takeOver() {
    if (depth >= DEEPEST || instance == null) {
      return;
    }
    Instance former = instance;
    Set<String> formerlyRunning = Set.copyOf(running);
    boolean formerlySweeping = sweeping;
    former.loseLead();
    crashes.add(world.now());
    world.pass(Duration.ofSeconds(20));
    depth++;
    try {
      start();
      for (int i = world.random().nextInt(40); i > 0; i--) {
        if (!step()) {
          world.pass(Duration.ofMillis(500));
        }
      }
    } finally {
      depth--;
      // The new process has its own locks, and none of its passes is under way.
      running.clear();
      running.addAll(formerlyRunning);
      sweeping = formerlySweeping;
    }
    world.trace().note(world.now(), "the former leader goes on");
  }

  /** Others do something, while a call is under way. */
  void others() {
    if (depth >= DEEPEST || instance == null) {
      return;
    }
    depth++;
    try {
      for (int i = 1 + world.random().nextInt(6); i > 0 && instance != null; i--) {
        choose();
      }
    } finally {
      depth--;
    }
  }

  /** No cache gets events for a while. */
  void stall() {
    stalledUntil = world.now().plus(STALL);
  }

  /** The watches break. */
  void relist() {
    if (instance != null) {
      instance.controllers().all().forEach(Caches::relist);
    }
  }

  /** Does something; false when there is nothing to do now. */
  private boolean step() {
    try {
      return choose();
    } catch (Crash crash) {
      die(crash);
      return true;
    }
  }

  private boolean choose() {
    List<Runnable> choices = new ArrayList<>();
    Instant now = world.now();
    if (!acts.isEmpty() && acts.peekFirst().at().compareTo(world.age()) <= 0) {
      choices.add(this::act);
    }
    if (instance == null) {
      if (restart != null && !now.isBefore(restart)) {
        choices.add(this::start);
      }
    } else {
      if (!now.isBefore(stalledUntil)) {
        instance.controllers().all().stream()
            .filter(Caches::isBehind)
            .forEach(caches -> choices.add(() -> world.deliver(caches)));
      }
      instance.work().dueAt(now).stream()
          .filter(item -> !running.contains(item.toString()) && !running.contains(lock(item)))
          .forEach(item -> choices.add(() -> pass(item)));
      if (!sweeping && instance.sweeper().untilDue().isZero()) {
        choices.add(this::sweep);
      }
      if (instance.budget().untilCalls().isZero()) {
        choices.add(instance::call);
      }
    }
    if (choices.isEmpty()) {
      return false;
    }
    choices.get(world.random().nextInt(choices.size())).run();
    return true;
  }

  private void act() {
    Act act = acts.removeFirst();
    world.trace().note(world.now(), "act " + act);
    world.server().collectGarbage();
    world.site().act(act);
  }

  private void sweep() {
    sweeping = true;
    try {
      instance.sweeper().turn();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      sweeping = false;
    }
  }

  private void pass(Work.Item item) {
    Instance mine = instance;
    String lock = lock(item);
    running.add(item.toString());
    running.add(lock);
    mine.work().begin(item);
    try {
      Optional<Outcome> outcome = mine.pass(item);
      mine.work().succeeded(item);
      outcome.ifPresent(
          end ->
              end.requeueAt()
                  .or(
                      () ->
                          isGoing(mine, item)
                              ? Optional.of(world.now().plus(DELETION_CHECK))
                              : Optional.empty())
                  .ifPresent(when -> mine.work().at(item, when)));
    } catch (RuntimeException e) {
      world.said("failed " + e);
      world.trace().note(world.now(), item + " failed: " + e);
      int doublings = Math.min(mine.work().failed(item) - 1, 6);
      mine.work().at(item, world.now().plusSeconds(Math.min(60, 1L << doublings)));
    } finally {
      running.remove(item.toString());
      running.remove(lock);
    }
  }

  private static boolean isGoing(Instance mine, Work.Item item) {
    return mine.controllers()
        .of(item.kind())
        .one(Controllers.TYPES.get(item.kind()), item.namespace(), item.name())
        .filter(object -> object.getMetadata().getDeletionTimestamp() != null)
        .isPresent();
  }

  /** The Clinic and its services take turns. Their names begin with the Clinic's. */
  private static String lock(Work.Item item) {
    return item.kind().equals(Controllers.SESSION)
        ? item.toString()
        : "lock " + item.name().split("-", -1)[0];
  }

  /** The next moment at which there is something to do, at most this one. */
  private Instant next(Instant end) {
    List<Instant> moments = new ArrayList<>();
    moments.add(end);
    if (!acts.isEmpty()) {
      moments.add(world.now().plus(acts.peekFirst().at().minus(world.age())));
    }
    if (restart != null) {
      moments.add(restart);
    }
    if (instance != null) {
      instance.work().next().ifPresent(moments::add);
      moments.add(world.now().plus(instance.sweeper().untilDue()));
      moments.add(world.now().plus(instance.budget().untilCalls()));
      if (instance.controllers().all().stream().anyMatch(Caches::isBehind)) {
        moments.add(stalledUntil);
      }
    }
    return moments.stream()
        .filter(moment -> moment.isAfter(world.now()))
        .min(Instant::compareTo)
        .orElse(world.now().plusMillis(10));
  }
}
