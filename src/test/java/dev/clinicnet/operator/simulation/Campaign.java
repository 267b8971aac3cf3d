package dev.clinicnet.operator.simulation;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Many runs, side by side. Each is in one thread. */
final class Campaign {
  private final AtomicInteger runs = new AtomicInteger();
  private final AtomicLong calls = new AtomicLong();
  private final AtomicLong crashes = new AtomicLong();
  private final AtomicLong faults = new AtomicLong();
  private final AtomicLong processorNanos = new AtomicLong();
  private final AtomicBoolean over = new AtomicBoolean();
  private final List<Failing> failing = new ArrayList<>();
  private final boolean stops;

  /** A schedule that broke a rule. */
  record Failing(Schedule schedule, Run run) {
    /** The first broken rule. */
    String brief() {
      return "seed " + schedule.seed() + ": " + run.violations().get(0);
    }

    /** The broken rules, the shortest schedule, and the command that runs it again. */
    String report() {
      Schedule shortest = Shrinking.of(schedule, run);
      return "seed "
          + schedule.seed()
          + "\n  "
          + String.join("\n  ", run.violations())
          + "\n  shortened to "
          + shortest.acts().size()
          + " acts and "
          + shortest.faults().size()
          + " faults; again with its trace:\n  mvn -q test-compile exec:java@simulation"
          + " -Dexec.args=\"--schedule "
          + shortest
          + "\"";
    }
  }

  /**
   * No runs yet.
   *
   * @param stops whether it ends with the first broken rule
   */
  Campaign(boolean stops) {
    this.stops = stops;
  }

  /** Makes the runs, in so many threads. */
  Campaign run(List<Schedule> schedules, int threads) {
    Logs.take();
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> all = new ArrayList<>();
      schedules.forEach(schedule -> all.add(pool.submit(() -> run(schedule))));
      for (Future<?> each : all) {
        each.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      pool.shutdownNow();
    }
    return this;
  }

  private void run(Schedule schedule) {
    if (over.get()) {
      return;
    }
    Run run;
    long begun = processorNanosOfThread();
    try {
      run = Run.of(schedule);
    } catch (RuntimeException | Error e) {
      throw new IllegalStateException("the simulation itself failed with " + schedule, e);
    }
    processorNanos.addAndGet(processorNanosOfThread() - begun);
    runs.incrementAndGet();
    calls.addAndGet(run.calls());
    crashes.addAndGet(run.crashes());
    faults.addAndGet(run.struck().size());
    if (!run.violations().isEmpty()) {
      synchronized (failing) {
        failing.add(new Failing(schedule, run));
      }
      over.set(stops);
    }
  }

  private static long processorNanosOfThread() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  /** The time that the runs took on all processors, which other work does not change. */
  Duration processorTime() {
    return Duration.ofNanos(processorNanos.get());
  }

  /** Those that broke a rule, lowest seed first. */
  List<Failing> failing() {
    List<Failing> sorted = new ArrayList<>(failing);
    sorted.sort((one, other) -> Long.compare(one.schedule().seed(), other.schedule().seed()));
    return sorted;
  }

  Optional<Failing> first() {
    return failing().stream().findFirst();
  }

  /** The figures. */
  String figures() {
    return "%d schedules, %d calls while faults could strike, %d faults struck, %d ends of a process, %d broken, %d s of processor time"
        .formatted(
            runs.get(),
            calls.get(),
            faults.get(),
            crashes.get(),
            failing.size(),
            processorTime().toSeconds());
  }
}
