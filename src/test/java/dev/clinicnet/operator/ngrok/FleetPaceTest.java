package dev.clinicnet.operator.ngrok;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.junit.jupiter.api.Test;

/**
 * A fleet with few threads at the limit of a platform, in simulated time. Each object makes its
 * requests one after the other, goes away when it is not its turn, and comes when it is called.
 */
class FleetPaceTest {
  private static final int THREADS = 20;
  private static final int LIMIT = 120;
  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final long MINUTE = 60 * SECOND;
  private static final long PASS = Duration.ofMillis(20).toNanos();
  private static final long LATENCY = Duration.ofMillis(200).toNanos();
  private static final long TIMEOUT = 30 * SECOND;

  private final BudgetOptions options = BudgetOptions.perMinute(LIMIT);
  private final BudgetWindow window = new BudgetWindow(options, 0);
  private final Deque<Work> ready = new ArrayDeque<>();
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingInt(Event::number));
  private final List<Waiter> waiting = new ArrayList<>();
  private final List<Work> all = new ArrayList<>();
  private final Map<Party, Work> works = new HashMap<>();
  private final Deque<Long> accepted = new ArrayDeque<>();
  private final List<Long> arrived = new ArrayList<>();
  private long now;
  private int idle = THREADS;
  private int leastIdle = THREADS;
  private int mostWaiting;
  private int number;
  private int passes;
  private int refused;

  /** What the platform does with the requests that arrive now. */
  private Weather weather = Weather.FAIR;

  /** How far apart the requests of others are that share the account; 0 without others. */
  private long others;

  private enum Weather {
    FAIR,
    /** It answers with an error at once. */
    FAILS,
    /** It does not answer. */
    SILENT,
    /** It refuses all for too many requests. */
    REFUSES
  }

  private static final class Work {
    private final Party party;
    private final Lane lane;
    private int left;
    private int failures;
    private long begun;
    private long done = -1;
    private long promisedAt = -1;
    private Duration promised;

    Work(Party party, Lane lane, int left) {
      this.party = party;
      this.lane = lane;
      this.left = left;
    }
  }

  private record Waiter(Work work, Ticket ticket, long deadline) {}

  private record Event(long at, int number, Runnable what) {}

  @Test
  void aHundredClinicsNeedHardlyLongerThanTheLimitMakesNecessary() {
    fleet("clinics", 100);
    runUntilDone();

    int needed = 500;
    assertThat(arrived).hasSize(needed);
    assertThat(refused).isZero();
    assertThat(lastDone()).isLessThan((long) (needed / 120.0 * MINUTE * 1.04));
    assertThat(passes).as("passes").isLessThan(3 * all.size());
    assertThat(mostWaiting).as("threads that wait").isLessThanOrEqualTo(3);
    assertPromises();
  }

  @Test
  void theFirstClinicsAreReadyLongBeforeTheLast() {
    fleet("clinics", 100);
    runUntilDone();
    long half = all.stream().mapToLong(work -> work.done).sorted().skip(150).findFirst().orElse(0);
    assertThat(half).isBetween(lastDone() / 3, lastDone() * 2 / 3);
  }

  @Test
  void othersDoNotWaitForAFleet() {
    fleet("clinics", 100);
    runUntil(20 * SECOND);
    Work change = add(new Work(new Party("clinics", "x", "Clinic", "x"), Lane.CHANGE, 1));
    List<Work> newcomer = clinic("elsewhere", "first");
    runUntilDone();

    assertThat(change.done - change.begun).isLessThan(SECOND);
    assertThat(newcomer).allMatch(work -> work.done - work.begun < 10 * SECOND);
  }

  @Test
  void afterTenMinutesWithoutAnswersThereIsNoStampede() {
    freeze(Weather.SILENT);
  }

  @Test
  void afterTenMinutesOfErrorsThereIsNoStampede() {
    freeze(Weather.FAILS);
  }

  @Test
  void tenMinutesOfRefusalsCostAFewRequests() {
    fleet("clinics", 100);
    runUntil(MINUTE);
    weather = Weather.REFUSES;
    int before = arrived.size();
    runUntil(11 * MINUTE);
    weather = Weather.FAIR;
    assertThat(arrived.size() - before).as("tries in ten minutes").isBetween(5, 20);
    refused = 0;
    int resumed = arrived.size();
    runUntilDone();

    assertThat(refused).isZero();
    assertEven(arrived.subList(resumed, arrived.size()));
  }

  @Test
  void learnsItsShareOfAnAccountThatOthersUse() {
    fleet("clinics", 300);
    others = SECOND; // 60 a minute
    runUntil(20 * MINUTE);
    int refusedBefore = refused;
    int sentBefore = arrived.size();
    runUntil(30 * MINUTE);

    assertThat(refused - refusedBefore).as("refused in ten minutes").isLessThan(10);
    assertThat(arrived.size() - sentBefore).as("sent of 600").isGreaterThan(300);
    others = 0;
    runUntilDone();
    assertThat(window.allowance(now + 60 * MINUTE)).isEqualTo(LIMIT);
  }

  private void freeze(Weather how) {
    fleet("clinics", 100);
    runUntil(MINUTE);
    weather = how;
    int before = arrived.size();
    leastIdle = THREADS;
    runUntil(11 * MINUTE);
    assertThat(leastIdle).as("threads for what closes").isGreaterThanOrEqualTo(4);
    assertThat(arrived.size() - before).isLessThanOrEqualTo(10 * LIMIT);
    weather = Weather.FAIR;
    int resumed = arrived.size();
    // The sweeper finds that the platform works again, and requeues all.
    all.stream().filter(work -> work.done < 0).forEach(ready::add);
    long begin = now;
    int left = all.stream().mapToInt(work -> work.left).sum();
    runUntilDone();

    assertThat(refused).isZero();
    assertEven(arrived.subList(resumed, arrived.size()));
    assertThat(lastDone() - begin).isLessThan((long) (left / 120.0 * MINUTE * 1.3));
  }

  private static void assertEven(List<Long> times) {
    for (int i = 6; i < times.size(); i++) {
      assertThat(times.get(i) - times.get(i - 6)).as("six requests").isGreaterThan(2 * SECOND);
    }
  }

  /** Nine of ten waits were about as long as the object was told. */
  private void assertPromises() {
    List<Double> factors = new ArrayList<>();
    for (Work work : all) {
      if (work.promised != null) {
        double real = Math.max(10, (work.done - work.promisedAt) / 1e9);
        double told = Math.max(10, work.promised.toSeconds());
        factors.add(Math.max(real / told, told / real));
      }
    }
    factors.sort(Comparator.naturalOrder());
    assertThat(factors).hasSizeGreaterThan(200);
    assertThat(factors.get(factors.size() * 9 / 10)).isLessThan(2);
  }

  private long lastDone() {
    return all.stream().mapToLong(work -> work.done).max().orElseThrow();
  }

  private void fleet(String namespace, int clinics) {
    for (int i = 0; i < clinics; i++) {
      clinic(namespace, "c" + i);
    }
  }

  private List<Work> clinic(String namespace, String name) {
    return List.of(
        add(new Work(new Party(namespace, name, "Clinic", name), Lane.BULK, 2)),
        add(new Work(new Party(namespace, name, "ClinicService", name + "-api"), Lane.BULK, 1)),
        add(new Work(new Party(namespace, name, "ClinicService", name + "-db"), Lane.BULK, 2)));
  }

  private Work add(Work work) {
    work.begun = now;
    all.add(work);
    works.put(work.party, work);
    ready.add(work);
    return work;
  }

  private void runUntilDone() {
    long limit = now + 120 * MINUTE;
    while (all.stream().anyMatch(work -> work.done < 0)) {
      assertThat(now).as("it comes to an end").isLessThan(limit);
      runUntil(now + SECOND);
    }
  }

  private void runUntil(long end) {
    settle();
    while (now < end) {
      long change = window.changesAt(now);
      long at = Math.min(end, events.isEmpty() ? end : events.peek().at());
      if (change < at) {
        now = Math.max(now + 1, change);
      } else {
        now = Math.max(now, at);
        if (!events.isEmpty() && events.peek().at() <= now) {
          events.remove().what().run();
        }
      }
      settle();
    }
  }

  /** Every caller that can go now goes, free threads take the next work, and objects are called. */
  private void settle() {
    boolean moved = true;
    while (moved) {
      moved = false;
      while (idle > 0 && !ready.isEmpty()) {
        Work work = ready.remove();
        idle--;
        passes++;
        at(now + PASS, () -> begin(work));
        moved = true;
      }
      for (Waiter waiter : List.copyOf(waiting)) {
        moved |= look(waiter);
      }
      for (Party party : window.call(now, 10 * SECOND)) {
        ready.add(works.get(party));
        moved = true;
      }
      leastIdle = Math.min(leastIdle, idle);
      mostWaiting = Math.max(mostWaiting, waiting.size());
    }
  }

  private void begin(Work work) {
    if (work.left == 0) {
      window.leave(work.party);
      end(work);
    } else {
      ask(work, false);
    }
  }

  private void end(Work work) {
    window.ended(work.party);
    idle++;
  }

  private void ask(Work work, boolean goesOn) {
    long deadline = now + options.maxWait(work.lane).toNanos();
    Ticket ticket = window.arrive(work.lane, work.party, goesOn, now);
    Waiter waiter = new Waiter(work, ticket, deadline);
    waiting.add(waiter);
    if (!look(waiter)) {
      at(deadline, () -> {});
    }
  }

  /** The same steps as in {@link Budget}. */
  private boolean look(Waiter waiter) {
    Work work = waiter.work();
    if (window.take(waiter.ticket(), now)) {
      waiting.remove(waiter);
      send(work);
      return true;
    }
    Duration estimate = window.estimate(waiter.ticket(), now);
    boolean crowded =
        waiting.stream().filter(other -> other.work().lane == work.lane).count()
            > options.room(work.lane, THREADS);
    if (crowded || now >= waiter.deadline() || now + estimate.toNanos() > waiter.deadline()) {
      if (work.promised == null) {
        work.promised = Promise.of(Instant.EPOCH, estimate).about();
        work.promisedAt = now;
      }
      window.await(waiter.ticket());
      waiting.remove(waiter);
      end(work);
      return true;
    }
    return false;
  }

  private void send(Work work) {
    long arrival = now + LATENCY / 2;
    at(arrival, () -> arrive(work));
  }

  private void arrive(Work work) {
    arrived.add(now);
    switch (weather) {
      case SILENT -> at(now + TIMEOUT, () -> failed(work));
      case FAILS -> at(now + LATENCY / 2, () -> failed(work));
      case REFUSES -> at(now + LATENCY / 2, () -> refused(work));
      case FAIR -> {
        accepted.removeIf(time -> time <= now - MINUTE);
        long byOthers = others == 0 ? 0 : MINUTE / others;
        if (accepted.size() + byOthers >= LIMIT) {
          at(now + LATENCY / 2, () -> refused(work));
        } else {
          accepted.add(now);
          at(now + LATENCY / 2, () -> answered(work));
        }
      }
    }
  }

  private void answered(Work work) {
    window.answered(work.lane, now);
    work.failures = 0;
    work.left--;
    if (work.left == 0) {
      work.done = now;
      window.leave(work.party);
      end(work);
    } else {
      ask(work, true);
    }
  }

  private void refused(Work work) {
    refused++;
    window.answered(work.lane, now);
    window.throttled(Failures.WHOLE_WINDOW, true, now);
    end(work);
    at(now + Failures.WHOLE_WINDOW.toNanos(), () -> ready.add(work));
  }

  /** Later each time, as in Attempts. */
  private void failed(Work work) {
    window.answered(work.lane, now);
    end(work);
    window.leave(work.party);
    long wait = Math.min(10 * MINUTE, (10 * SECOND) << Math.min(work.failures, 6));
    work.failures++;
    at(now + wait, () -> ready.add(work));
  }

  private void at(long when, Runnable what) {
    events.add(new Event(when, number++, what));
  }
}
