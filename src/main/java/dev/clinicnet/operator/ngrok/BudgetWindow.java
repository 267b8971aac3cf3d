package dev.clinicnet.operator.ngrok;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * The rules of an account's budget, without a clock and without threads: every method is told what
 * time it is, in nanoseconds of any monotonic origin. Not thread-safe: {@link Budget} guards it.
 *
 * <p>A caller that wants to send {@linkplain #join joins} and then {@linkplain #take takes} its
 * permit when that succeeds, at the latest at {@link #changesAt}, or {@linkplain #leave leaves}.
 *
 * <p>Among the waiting that may go now, an earlier lane goes first, and inside a lane the one that
 * waits longest. A lane that is only being paced does not hold back those after it: else sweeps
 * would stand still, and the inventory grow old, for as long as bulk work lasts.
 */
public final class BudgetWindow {
  private static final long NEVER = Long.MAX_VALUE;

  private final BudgetOptions options;
  private final long window;
  private final Map<Lane, Deque<Ticket>> waiting = new EnumMap<>(Lane.class);

  /** When each permit that was given comes back, in rising order. */
  private final Deque<Long> used = new ArrayDeque<>();

  /** The part of {@link #used} that sweeps took. */
  private final Deque<Long> usedBySweeps = new ArrayDeque<>();

  /** When each permit comes back that others may have used behind our back, in rising order. */
  private final Deque<Long> assumed = new ArrayDeque<>();

  /** When the last one of each lane was told to come back. */
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
    // A monotonic time may well be negative, so zero is no beginning.
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

  /** Takes a permit and leaves the queue, if it is this ticket's turn now; else changes nothing. */
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
   * When {@link #next} will give somebody a turn if nobody joins or leaves, not before {@code now};
   * {@link Long#MAX_VALUE} when nobody waits.
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
   * The platform refused a request for want of allowance: nobody goes for {@code wait}, and
   * afterwards half of the window counts as used, since others share the account.
   */
  public void throttled(Duration wait, long now) {
    pausedUntil = Math.max(pausedUntil, now + wait.toNanos());
    assume(options.half(), pausedUntil);
  }

  /** Until when nobody goes; not after {@code now} when there is no pause. */
  public long pausedUntil() {
    return pausedUntil;
  }

  /** A lower bound of the time at which the next one of this lane can go. */
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

  /** Whether so many wait in the ticket's lane before it that it had better come back. */
  public boolean isCrowded(Ticket ticket) {
    return waiting.get(ticket.lane).stream()
        .limit(options.room(ticket.lane))
        .noneMatch(other -> other == ticket);
  }

  /**
   * When somebody who cannot wait should come back. Everybody gets another time, as far apart as
   * the lane is served, so that they come one after the other and find a place.
   */
  public Duration appoint(Ticket ticket, long now) {
    long earliest = now + estimate(ticket, now).toNanos();
    long pace = options.pace(ticket.lane).toNanos();
    long next = Math.max(earliest, appointed.get(ticket.lane) + pace);
    // Past the horizon they begin anew, between those who are there.
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

  /** How many permits of the present window are used, those that are only assumed included. */
  public int used(long now) {
    forget(now);
    return used.size() + assumed.size();
  }

  /** The pause after a bulk grant: what is left, spread over the time until bulk is free again. */
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
