package dev.clinicnet.operator.ngrok;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * The rules of an account's budget, without a clock and without threads: every method gets the
 * time, in nanoseconds of any monotonic origin. Not thread-safe: {@link Budget} guards it.
 *
 * <p>A caller that wants to send {@linkplain #join joins} the queue. It then {@linkplain #take
 * takes} its permit, trying again at {@link #changesAt} at the latest, or {@linkplain #leave
 * leaves}.
 *
 * <p>Of the tickets that may go now, those of an earlier lane go first, and in a lane the one that
 * has waited longest. A lane that is only paced does not hold back later lanes. Otherwise sweeps
 * would stop, and the inventory would become stale, while bulk work lasts.
 */
public final class BudgetWindow {
  private static final long NEVER = Long.MAX_VALUE;

  private final BudgetOptions options;
  private final long window;
  private final Map<Lane, Deque<Ticket>> waiting = new EnumMap<>(Lane.class);

  /** The times at which the given permits come back, in rising order. */
  private final Deque<Long> used = new ArrayDeque<>();

  /** The part of {@link #used} that sweeps took. */
  private final Deque<Long> usedBySweeps = new ArrayDeque<>();

  /** The times at which the permits come back that others may have used, in rising order. */
  private final Deque<Long> assumed = new ArrayDeque<>();

  /** The last time to come back that was given in each lane. */
  private final Map<Lane, Long> appointed = new EnumMap<>(Lane.class);

  private long pausedUntil;
  private long nextBulk;
  private long nextSweep;

  /** A place in the queue. */
  public static final class Ticket {
    private final Lane lane;

    private Ticket(Lane lane) {
      this.lane = lane;
    }

    /** The lane that it waits in. */
    public Lane lane() {
      return lane;
    }
  }

  /** A window that begins at {@code now}. */
  public BudgetWindow(BudgetOptions options, long now) {
    this.options = options;
    this.window = options.window().toNanos();
    // A monotonic time may be negative, so zero cannot be the start.
    this.pausedUntil = now;
    this.nextBulk = now;
    this.nextSweep = now;
    for (Lane lane : Lane.values()) {
      waiting.put(lane, new ArrayDeque<>());
      appointed.put(lane, now - options.pace(lane).toNanos());
    }
    assume(options.assumedAtStart(), now);
  }

  /** Joins the end of the lane's queue. */
  public Ticket join(Lane lane) {
    Ticket ticket = new Ticket(lane);
    waiting.get(lane).addLast(ticket);
    return ticket;
  }

  /** Gives up a place; no permit is used. */
  public void leave(Ticket ticket) {
    waiting.get(ticket.lane).remove(ticket);
  }

  /**
   * Takes a permit and leaves the queue if it is this ticket's turn now. Otherwise changes nothing.
   */
  public boolean take(Ticket ticket, long now) {
    forget(now);
    if (next(now) != ticket) {
      return false;
    }
    leave(ticket);
    used.addLast(now + window);
    if (ticket.lane == Lane.SWEEP) {
      usedBySweeps.addLast(now + window);
      nextSweep = now + sweepGap();
    }
    if (ticket.lane == Lane.BULK) {
      nextBulk = now + bulkGap(now);
    }
    return true;
  }

  /** The ticket whose turn it is, or null. */
  public Ticket next(long now) {
    for (Lane lane : Lane.values()) {
      Ticket first = waiting.get(lane).peekFirst();
      if (first != null && opensAt(lane, now) <= now) {
        return first;
      }
    }
    return null;
  }

  /**
   * The time at which {@link #next} gives a turn if no ticket joins or leaves. It is not before
   * {@code now}, and {@link Long#MAX_VALUE} when no ticket waits.
   */
  public long changesAt(long now) {
    long at = NEVER;
    for (Lane lane : Lane.values()) {
      if (!waiting.get(lane).isEmpty()) {
        at = Math.min(at, opensAt(lane, now));
      }
    }
    return at;
  }

  /**
   * The platform refused a request because the allowance was used up. No request is sent for {@code
   * wait}. Afterwards half of the window counts as used, because others share the account.
   */
  public void throttled(Duration wait, long now) {
    pausedUntil = Math.max(pausedUntil, now + wait.toNanos());
    assume(options.half(), pausedUntil);
  }

  /** The end of the pause; not after {@code now} when there is no pause. */
  public long pausedUntil() {
    return pausedUntil;
  }

  /** A lower bound of the time at which the next ticket of this lane can go. */
  public long opensAt(Lane lane, long now) {
    forget(now);
    long at = Math.max(now, pausedUntil);
    at = Math.max(at, fallsBelow(options.limit(lane)));
    if (lane == Lane.BULK) {
      at = Math.max(at, Math.min(nextBulk, fallsBelow(options.half())));
    }
    if (lane == Lane.SWEEP) {
      at = Math.max(at, fallsBelow(usedBySweeps, options.sweepShare()));
      at = Math.max(at, nextSweep);
    }
    return at;
  }

  /**
   * Whether too many tickets wait before this one in its lane, so that it should come back later.
   */
  public boolean isCrowded(Ticket ticket) {
    return waiting.get(ticket.lane).stream()
        .limit(options.room(ticket.lane))
        .noneMatch(other -> other == ticket);
  }

  /**
   * When a caller that cannot wait should come back. Each caller gets another time. The times are
   * as far apart as the requests of the lane, so that each caller finds a place.
   */
  public Duration appoint(Ticket ticket, long now) {
    long earliest = now + estimate(ticket, now).toNanos();
    long pace = options.pace(ticket.lane).toNanos();
    long next = Math.max(earliest, appointed.get(ticket.lane) + pace);
    // After the horizon the times begin anew, between those that were given.
    long at = next - now > options.horizon().toNanos() ? earliest : next;
    appointed.put(ticket.lane, at);
    return Duration.ofNanos(at - now);
  }

  /** How long a ticket will probably wait from {@code now}. */
  public Duration estimate(Ticket ticket, long now) {
    long ahead = 0;
    for (Lane lane : Lane.values()) {
      if (lane == ticket.lane) {
        ahead += waiting.get(lane).stream().takeWhile(other -> other != ticket).count();
        break;
      }
      ahead += waiting.get(lane).size();
    }
    long each = window / options.permits();
    return Duration.ofNanos(opensAt(ticket.lane, now) - now + ahead * each);
  }

  /** How many permits of the present window are used, including those that are only assumed. */
  public int used(long now) {
    forget(now);
    return used.size() + assumed.size();
  }

  /**
   * The pause after a bulk grant: the remaining permits, spread over the time until bulk is free
   * again.
   */
  private long bulkGap(long now) {
    int count = used.size() + assumed.size();
    if (count < options.half()) {
      return 0;
    }
    int left = Math.max(0, options.limit(Lane.BULK) - count);
    return (fallsBelow(options.half()) - now) / (left + 1);
  }

  /**
   * The pause after a sweep's grant: none for the first half of its share, so that few pages are
   * quick.
   */
  private long sweepGap() {
    int share = options.sweepShare();
    return usedBySweeps.size() <= share / 2 ? 0 : window / share;
  }

  private void assume(int permits, long from) {
    assumed.clear();
    for (int i = 1; i <= permits; i++) {
      assumed.addLast(from + window / permits * i);
    }
  }

  private void forget(long now) {
    for (Deque<Long> ends : List.of(used, usedBySweeps, assumed)) {
      while (!ends.isEmpty() && ends.peekFirst() <= now) {
        ends.removeFirst();
      }
    }
  }

  private long fallsBelow(int limit) {
    int count = used.size() + assumed.size();
    if (count < limit) {
      return Long.MIN_VALUE;
    }
    LongStream ends =
        LongStream.concat(
            used.stream().mapToLong(Long::longValue), assumed.stream().mapToLong(Long::longValue));
    return ends.sorted().skip((long) count - limit).findFirst().orElseThrow();
  }

  private static long fallsBelow(Deque<Long> ends, int limit) {
    return ends.size() < limit
        ? Long.MIN_VALUE
        : ends.stream().skip((long) ends.size() - limit).findFirst().orElseThrow();
  }
}
