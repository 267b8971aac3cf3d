package dev.clinicnet.operator.ngrok;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.ngrok.BudgetWindow.Ticket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import org.junit.jupiter.api.Test;

/**
 * Many objects with few threads, in simulated time. Each object makes its requests one after the
 * other, and comes back at its time.
 */
class CrowdedBudgetTest {
  private static final int THREADS = 20;
  private static final long LATENCY = Duration.ofMillis(200).toNanos();

  private final BudgetOptions options = BudgetOptions.perMinute(120);
  private final BudgetWindow window = new BudgetWindow(options, 0);
  private final Deque<Work> ready = new ArrayDeque<>();
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingInt(Event::number));
  private final List<Waiter> waiting = new ArrayList<>();
  private long now;
  private int idle = THREADS;
  private int number;
  private int passes;
  private int requests;
  private int mostBusy;
  private long lastDone;

  private static final class Work {
    private int left;

    Work(int left) {
      this.left = left;
    }
  }

  private record Waiter(Work work, Ticket ticket, long deadline) {}

  private record Event(long at, int number, Runnable what) {}

  @Test
  void manyObjectsConvergeAsFastAsTheAccountAllowsThoughFewMayWait() {
    int clinics = 200;
    for (int i = 0; i < clinics; i++) {
      ready.add(new Work(3));
      ready.add(new Work(1));
      ready.add(new Work(2));
    }

    run();

    int needed = clinics * 6;
    assertThat(requests).isEqualTo(needed);
    assertThat(seconds(lastDone)).isLessThan(seconds(withoutEnd(needed)) * 1.03);
    assertThat(passes).as("passes").isLessThan(3 * needed);
    assertThat(mostBusy).as("threads that waited").isLessThanOrEqualTo(options.room(Lane.BULK));
  }

  @Test
  void thoseWhoAreToldToComeBackDoNotComeAllAtOnce() {
    for (int i = 0; i < 40_000; i++) {
      ready.add(new Work(1));
    }
    List<Long> appointments = new ArrayList<>();
    while (!ready.isEmpty()) {
      Ticket ticket = window.join(Lane.BULK);
      ready.remove();
      if (window.isCrowded(ticket)) {
        appointments.add(window.appoint(ticket, 0).toNanos());
        window.leave(ticket);
      }
    }

    long hour = Duration.ofHours(1).toNanos();
    assertThat(appointments).hasSize(40_000 - options.room(Lane.BULK));
    assertThat(appointments).allMatch(at -> at <= hour);
    List<Long> firstHour =
        appointments.subList(0, (int) (hour / options.pace(Lane.BULK).toNanos()) - 10);
    assertThat(firstHour).isSorted();
    for (int i = 1; i < firstHour.size(); i++) {
      assertThat(firstHour.get(i) - firstHour.get(i - 1))
          .isEqualTo(options.pace(Lane.BULK).toNanos());
    }
    long minute = Duration.ofMinutes(1).toNanos();
    for (long from = 0; from < hour; from += minute) {
      long start = from;
      assertThat(appointments.stream().filter(at -> at >= start && at < start + minute).count())
          .isLessThan(40_000 / 60 * 2);
    }
  }

  /** How long the requests take when everybody may wait as long as it takes. */
  private long withoutEnd(int needed) {
    BudgetWindow patient = new BudgetWindow(options, 0);
    long at = 0;
    for (int i = 0; i < needed; i++) {
      Ticket ticket = patient.join(Lane.BULK);
      while (!patient.take(ticket, at)) {
        at = patient.changesAt(at);
      }
    }
    return at;
  }

  private void run() {
    settle();
    while (!events.isEmpty() || !waiting.isEmpty()) {
      long change = window.changesAt(now);
      if (!events.isEmpty() && events.peek().at() <= change) {
        Event next = events.remove();
        now = Math.max(now, next.at());
        next.what().run();
      } else {
        now = change;
      }
      settle();
    }
  }

  /** Every caller that can go now goes, and free threads take the next work. */
  private void settle() {
    boolean moved = true;
    while (moved) {
      moved = false;
      while (idle > 0 && !ready.isEmpty()) {
        idle--;
        passes++;
        ask(ready.remove());
        moved = true;
      }
      for (Waiter waiter : List.copyOf(waiting)) {
        moved |= look(waiter);
      }
    }
    mostBusy = Math.max(mostBusy, waiting.size());
  }

  private void ask(Work work) {
    long deadline = now + options.maxWait(Lane.BULK).toNanos();
    Waiter waiter = new Waiter(work, window.join(Lane.BULK), deadline);
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
      requests++;
      work.left--;
      lastDone = now;
      at(now + LATENCY, () -> answered(work));
      return true;
    }
    if (window.isCrowded(waiter.ticket())
        || now >= waiter.deadline()
        || window.opensAt(Lane.BULK, now) > waiter.deadline()) {
      long wait =
          Math.max(Duration.ofSeconds(1).toNanos(), window.appoint(waiter.ticket(), now).toNanos());
      window.leave(waiter.ticket());
      waiting.remove(waiter);
      idle++;
      at(now + wait, () -> ready.add(work));
      return true;
    }
    return false;
  }

  private void answered(Work work) {
    if (work.left == 0) {
      idle++;
    } else {
      ask(work);
    }
  }

  private void at(long when, Runnable what) {
    events.add(new Event(when, number++, what));
  }

  private static double seconds(long nanos) {
    return nanos / 1e9;
  }
}
