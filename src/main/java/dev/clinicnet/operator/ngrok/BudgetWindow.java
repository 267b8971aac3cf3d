package dev.clinicnet.operator.ngrok;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The rules of an account's budget, without a clock and without threads: every method gets the
 * time, in nanoseconds of any monotonic origin. Not thread-safe: {@link Budget} guards it.
 *
 * <p>A caller that wants to send {@linkplain #arrive arrives} and gets a ticket. It {@linkplain
 * #take takes} its permit, trying again at {@link #changesAt} at the latest. It may also go away
 * without giving up its place: then {@link #call} names it when it is its turn, and keeps a permit
 * for its clinic for a short time.
 *
 * <p>Of the tickets that may go now, those of an earlier lane go first. In a lane the order is that
 * of {@link FairQueue}. A lane that is only paced does not hold back later lanes. After some
 * deletions in a row, a change or a new object goes first, so that a mass deletion does not stop
 * others. A list that has waited a while goes before all but what closes. Otherwise the inventory
 * would become stale while other work lasts. While nobody can do anything before a list is there,
 * lists may use what others leave.
 */
final class BudgetWindow {
  private static final long NEVER = Long.MAX_VALUE;

  /** After so many calls in vain an object loses its place. It comes back by itself. */
  private static final int MOST_MISSED = 3;

  /** The part of the patience in which most that are called come. */
  private static final int SOON = 10;

  /** How many requests a new or a deleted clinic is assumed to need. */
  private static final int REQUESTS_OF_A_CLINIC = 4;

  /**
   * For permits that come back so late that the gap would be shorter than this, none is made; in
   * nanoseconds.
   */
  private static final long SHORTEST_GAP = 10_000_000;

  /** After so many deletions in a row, what else waits goes first. */
  private static final int DELETIONS_IN_A_ROW = 3;

  private final BudgetOptions options;
  private final long window;
  private final Map<Lane, FairQueue> waiting = new EnumMap<>(Lane.class);
  private final Map<Party, Ticket> places = new HashMap<>();

  /** What was said to those who wait, until they have nothing more to send. */
  private final Map<Party, Wait> waits = new HashMap<>();

  /** The times at which the given permits come back, in rising order. */
  private final Deque<Long> used = new ArrayDeque<>();

  /** The part of {@link #used} that sweeps took. */
  private final Deque<Long> usedBySweeps = new ArrayDeque<>();

  /** The times at which the permits come back that others may have used, in rising order. */
  private final Deque<Long> assumed = new ArrayDeque<>();

  /** The requests that are not answered yet, or not even sent. */
  private final Map<Lane, Integer> underWay = new EnumMap<>(Lane.class);

  /** The permits that are kept for those who were called. */
  private final Map<Party.Site, Kept> kept = new HashMap<>();

  /** The clinics with a pass under way that has sent something. */
  private final Set<Party.Site> active = new HashSet<>();

  /** The earliest next request of each lane that is paced. */
  private final Map<Lane, Long> paced = new EnumMap<>(Lane.class);

  /** Whether {@link #assumed} stands for an earlier process, and not for a refusal. */
  private boolean afterStart = true;

  /** How many deletions were sent since the last change or new object. */
  private int deletions;

  /** Whether somebody can do nothing before the account is listed. */
  private boolean needsList;

  private int threads = BudgetOptions.THREADS;
  private int allowance;
  private long nextRise;
  private long pausedUntil;

  /**
   * A permit for a called object.
   *
   * @param soon until when a thread for the object counts as busy: if it has not come by then, it
   *     waits for a thread behind others
   */
  private record Kept(Ticket ticket, long soon, long until) {}

  /**
   * How long an object waits for everything that it has to send.
   *
   * @param since when it began to wait, in nanoseconds
   * @param promise what it was told
   * @param isBrief whether it will have its turn before anybody needs to know that it waits
   */
  record Wait(long since, Promise promise, boolean isBrief) {}

  /** A window that begins at {@code now}. */
  BudgetWindow(BudgetOptions options, long now) {
    this.options = options;
    this.window = options.window().toNanos();
    this.allowance = options.permits();
    // A monotonic time may be negative, so zero cannot be the start.
    this.nextRise = now;
    this.pausedUntil = now;
    for (Lane lane : Lane.values()) {
      boolean whole = lane == Lane.BULK || lane == Lane.DELETING;
      waiting.put(lane, new FairQueue(whole ? REQUESTS_OF_A_CLINIC : 1));
      underWay.put(lane, 0);
      paced.put(lane, now);
    }
    assume(options.assumedAtStart(), now);
  }

  /**
   * A caller wants to send. It gets the place that its object has in this lane, or a new one. Its
   * place in another lane is given up, except for a request that closes something: that one is no
   * part of the work for which the object waits.
   *
   * @param goesOn whether its pass has sent requests before: then it goes before other objects of
   *     its clinic
   */
  Ticket arrive(Lane lane, Party party, boolean goesOn, long now) {
    boolean hasPlace = party.canBeCalled() && lane != Lane.CLOSING;
    Ticket ticket = hasPlace ? places.get(party) : null;
    if (ticket != null && ticket.lane() == lane) {
      ticket.attend(true);
      ticket.rest(false);
      return ticket;
    }
    if (ticket != null) {
      // A permit that is kept for it is good for its new place too.
      waiting.get(ticket.lane()).leave(ticket, active.contains(party.site()));
    }
    Ticket fresh = new Ticket(lane, party, now);
    waiting.get(lane).join(fresh, goesOn);
    if (hasPlace) {
      places.put(party, fresh);
    }
    return fresh;
  }

  /** The caller goes away, and its object wants to be called. */
  void await(Ticket ticket) {
    ticket.attend(false);
  }

  /** Gives up a place; no permit is used. */
  void leave(Ticket ticket) {
    Party.Site site = ticket.party().site();
    waiting.get(ticket.lane()).leave(ticket, active.contains(site));
    places.remove(ticket.party(), ticket);
    giveBack(ticket);
  }

  /** The permit that is kept for a ticket, if there is one, goes to the next one. */
  private void giveBack(Ticket ticket) {
    Party.Site site = ticket.party().site();
    Kept permit = kept.get(site);
    if (permit != null && permit.ticket() == ticket) {
      kept.remove(site);
      ticket.call(false);
    }
  }

  /**
   * Takes a permit and leaves the queue if it is this ticket's turn now, or if a permit is kept for
   * its clinic. Otherwise changes nothing. {@link #answered} or {@link #unused} must follow.
   */
  boolean take(Ticket ticket, long now) {
    forget(now);
    Party.Site site = ticket.party().site();
    Kept permit = kept.get(site);
    boolean called =
        permit != null
            && ticket.lane().compareTo(permit.ticket().lane()) <= 0
            && unanswered() < options.mostUnderWay(ticket.lane(), threads);
    if (called) {
      kept.remove(site);
      permit.ticket().call(false);
    } else if (next(now) == ticket) {
      charge(ticket, now);
    } else {
      return false;
    }
    if (ticket.party().canBeCalled()) {
      active.add(site);
    }
    leave(ticket);
    underWay.merge(ticket.lane(), 1, Integer::sum);
    if (!called) {
      pace(ticket.lane(), now);
    }
    return true;
  }

  /** From now on, there are so many threads for what is not urgent. */
  void resize(int most) {
    threads = most;
  }

  /** A request was answered, or it failed: its permit comes back after a window. */
  void answered(Lane lane, long now) {
    underWay.merge(lane, -1, Integer::sum);
    used.addLast(now + window);
    if (lane == Lane.SWEEP) {
      usedBySweeps.addLast(now + window);
    }
  }

  /** A permit was not used, because no request was sent. */
  void unused(Lane lane) {
    underWay.merge(lane, -1, Integer::sum);
  }

  /** An object has nothing more to send, so it gives up its place, if it has one. */
  void leave(Party party) {
    waits.remove(party);
    Ticket place = places.get(party);
    if (place != null) {
      leave(place);
    }
  }

  /**
   * An object could do nothing now if it was called, because the account must be listed before. It
   * keeps its place, and the permit that is kept for it goes to the next one.
   *
   * @param lane the lane in which it can send something after that; a place in a later lane would
   *     hold it back, so it is given up
   */
  void rest(Party party, Lane lane) {
    needsList = true;
    Ticket place = places.get(party);
    if (place == null) {
      return;
    }
    if (place.lane().compareTo(lane) > 0) {
      leave(party);
      return;
    }
    place.rest(true);
    giveBack(place);
  }

  /** Those who rest are called again, each when it is its turn. */
  List<Party> wake() {
    needsList = false;
    List<Party> woken = new ArrayList<>();
    for (Ticket ticket : places.values()) {
      if (ticket.rests()) {
        ticket.rest(false);
        woken.add(ticket.party());
      }
    }
    return woken;
  }

  /** A pass has ended. Its object keeps its place, if it has one. */
  void ended(Party party) {
    active.remove(party.site());
    waiting.values().forEach(queue -> queue.settle(party.site()));
  }

  /**
   * Calls those whose turn it is and for whom no thread waits. A permit is kept for each.
   *
   * @param patience how long a permit is kept, in nanoseconds
   */
  List<Party> call(long now, long patience) {
    forget(now);
    List<Party> called = new ArrayList<>();
    for (Ticket ticket = next(now); ticket != null && !ticket.isAttended(); ticket = next(now)) {
      charge(ticket, now);
      ticket.call(true);
      kept.put(ticket.party().site(), new Kept(ticket, now + patience / SOON, now + patience));
      pace(ticket.lane(), now);
      called.add(ticket.party());
    }
    return called;
  }

  private void charge(Ticket ticket, long now) {
    waiting.get(ticket.lane()).charge(ticket);
    switch (ticket.lane()) {
      case DELETING -> deletions++;
      case CHANGE, BULK -> deletions = 0;
      case SWEEP -> paced.put(Lane.SWEEP, now + sweepGap());
      case CLOSING -> {}
    }
  }

  /** The ticket whose turn it is, or null. */
  Ticket next(long now) {
    forget(now);
    Ticket list = first(Lane.SWEEP, now);
    for (Lane lane : Lane.values()) {
      if (list != null
          && lane != Lane.CLOSING
          && now - list.since() >= window / options.sweepShare(allowance)) {
        return list;
      }
      Ticket first = first(lane, now);
      if (first != null) {
        return first;
      }
    }
    return null;
  }

  private Ticket first(Lane lane, long now) {
    FairQueue queue = waiting.get(lane);
    boolean open = !queue.isEmpty() && opensAt(lane, now) <= now && !givesWay(lane, now);
    return open ? queue.next(this::mayGo) : null;
  }

  /** Whether deletions wait for a change or a new object, which goes as soon as it can. */
  private boolean givesWay(Lane lane, long now) {
    return lane == Lane.DELETING
        && deletions >= DELETIONS_IN_A_ROW
        && taken() > options.burst(Lane.DELETING, allowance)
        && Stream.of(Lane.CHANGE, Lane.BULK)
            .anyMatch(
                other ->
                    opensAt(other, now) != NEVER && waiting.get(other).next(this::mayGo) != null);
  }

  /** Whether nobody can do anything before the account is listed. */
  private boolean listsGoAlone() {
    return needsList
        && Stream.of(Lane.DELETING, Lane.CHANGE, Lane.BULK)
            .allMatch(lane -> waiting.get(lane).next(this::mayGo) == null);
  }

  /** How many requests of the window lists may use. */
  private int sweepShare() {
    return listsGoAlone() ? limit(Lane.SWEEP) : options.sweepShare(allowance);
  }

  /** The objects of a clinic take turns, so none is called while another one is busy. */
  private boolean mayGo(Ticket ticket) {
    Party.Site site = ticket.party().site();
    return ticket.isAttended()
        || (!ticket.isCalled()
            && !ticket.rests()
            && !active.contains(site)
            && !kept.containsKey(site));
  }

  /**
   * The time at which {@link #next} gives a turn if nothing else happens. It is not before {@code
   * now}, and {@link Long#MAX_VALUE} when nobody waits who may go.
   */
  long changesAt(long now) {
    forget(now);
    long at =
        kept.values().stream()
            .mapToLong(permit -> permit.soon() > now ? permit.soon() : permit.until())
            .min()
            .orElse(NEVER);
    for (Lane lane : Lane.values()) {
      if (waiting.get(lane).next(this::mayGo) != null && !givesWay(lane, now)) {
        at = Math.min(at, opensAt(lane, now));
      }
    }
    return at;
  }

  /**
   * The platform refused a request because the allowance was used up. No request is sent for {@code
   * wait}. Afterwards the window counts as used, so that requests begin again at an even pace. If
   * this process alone cannot have used the allowance up, others share the account: from now on a
   * part of what was sent in the last window counts as the allowance. What an earlier process may
   * have sent counts as sent.
   *
   * @param teaches whether the refusal says something about the allowance of a window
   * @return whether the pause begins now, and not with an earlier refusal
   */
  boolean throttled(Duration wait, boolean teaches, long now) {
    forget(now);
    boolean begins = pausedUntil - now <= 0;
    if (begins && teaches) {
      int sent = used.size() + sum(underWay) + (afterStart ? assumed.size() : 0);
      allowance = Math.max(options.leastAllowance(), options.learnt(Math.min(allowance, sent)));
    }
    afterStart = false;
    pausedUntil = Math.max(pausedUntil, now + wait.toNanos());
    nextRise = pausedUntil + window;
    // One request may go at once, and so find out whether the account allows requests again.
    long stillUsed = used.stream().filter(end -> end > pausedUntil).count() + sum(underWay);
    assume((int) (limit(Lane.BULK) - 1 - stillUsed), pausedUntil);
    kept.values().forEach(permit -> permit.ticket().call(false));
    kept.clear();
    return begins;
  }

  /** The end of the pause; not after {@code now} when there is no pause. */
  long pausedUntil() {
    return pausedUntil;
  }

  /** How many requests a window may have, as learnt from refusals: at most the permits. */
  int allowance(long now) {
    forget(now);
    return allowance;
  }

  /**
   * A lower bound of the time at which the next ticket of this lane can go; {@link Long#MAX_VALUE}
   * while too many requests are not answered.
   */
  long opensAt(Lane lane, long now) {
    forget(now);
    if (busy(now) >= options.mostUnderWay(lane, threads)) {
      return NEVER;
    }
    long at = Math.max(now, pausedUntil);
    at = Math.max(at, fallsBelow(limit(lane), now));
    at = Math.max(at, paced.get(lane));
    if (lane == Lane.SWEEP) {
      int share = sweepShare() - underWay.get(Lane.SWEEP);
      at = Math.max(at, fallsBelow(usedBySweeps, share, now));
    }
    return at;
  }

  /** The requests that keep a thread or will soon. */
  private long busy(long now) {
    return unanswered() + kept.values().stream().filter(permit -> permit.soon() > now).count();
  }

  /** The requests that keep a thread, but for what closes and for lists. */
  private int unanswered() {
    return underWay.get(Lane.DELETING) + underWay.get(Lane.CHANGE) + underWay.get(Lane.BULK);
  }

  /** Up to how many used permits a lane may send now. */
  int limit(Lane lane) {
    return options.limit(lane, allowance);
  }

  /** How long a ticket will probably wait from {@code now}. */
  Duration estimate(Ticket ticket, long now) {
    long ahead = waiting.get(ticket.lane()).before(ticket) + waiting.get(Lane.CLOSING).size();
    if (ticket.lane() == Lane.BULK) {
      ahead += waiting.get(Lane.CHANGE).requests();
    }
    if (ticket.lane().compareTo(Lane.DELETING) > 0) {
      ahead += Math.min(waiting.get(Lane.DELETING).requests(), DELETIONS_IN_A_ROW * (ahead + 1));
    }
    long opens = opensAt(ticket.lane(), now);
    long wait = (opens == NEVER ? now : opens) - now;
    return Duration.ofNanos(wait + ahead * (window / limit(ticket.lane())));
  }

  /**
   * Tells the owner of a ticket for about how long it waits. It hears the same as before while that
   * is about right, also when it waits for its next request.
   *
   * @param estimate how long it waits from now on
   * @param brief how long a brief wait lasts at most, in nanoseconds
   * @param clock the present time
   */
  Wait promise(Ticket ticket, Duration estimate, long brief, long now, Instant clock) {
    return waits.compute(
        ticket.party(),
        (party, before) -> {
          if (before == null) {
            return new Wait(now, Promise.of(clock, estimate), estimate.toNanos() < brief);
          }
          boolean holds = before.promise().holds(clock, estimate);
          return new Wait(
              before.since(),
              holds ? before.promise() : Promise.of(clock, estimate),
              before.isBrief() && now - before.since() + estimate.toNanos() < brief);
        });
  }

  /** How many permits of the present window are used, including those that are only assumed. */
  int used(long now) {
    forget(now);
    return used.size() + assumed.size() + sum(underWay);
  }

  /** The used permits, and those that are kept for somebody. */
  private int taken() {
    return used.size() + assumed.size() + sum(underWay) + kept.size();
  }

  private static int sum(Map<Lane, Integer> counts) {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  /**
   * Sets the earliest next request of a lane after one was granted. Beyond the lane's burst,
   * requests are so far apart that the lane never has to wait longer for a permit to come back.
   * Then permits come back evenly too.
   */
  private void pace(Lane lane, long now) {
    int taken = taken();
    if (lane == Lane.SWEEP || taken <= options.burst(lane, allowance)) {
      return;
    }
    int free = Math.max(0, limit(lane) - taken);
    long[] ends = ends((int) Math.min(taken, window / SHORTEST_GAP), now);
    long gap = 0;
    for (int i = 0; i < ends.length; i++) {
      gap = Math.max(gap, (ends[i] - now) / (free + i + 1));
    }
    paced.put(lane, now + gap);
  }

  /**
   * The pause after a sweep's grant: none for the first half of its usual share, so that few pages
   * are quick.
   */
  private long sweepGap() {
    int pages = usedBySweeps.size() + underWay.get(Lane.SWEEP) + 1;
    return pages <= options.sweepShare(allowance) / 2 ? 0 : window / sweepShare();
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
    while (allowance < options.permits() && nextRise <= now) {
      allowance = Math.min(options.permits(), allowance + options.allowanceStep());
      nextRise += window;
    }
    missed(now);
  }

  /** Those who were called and did not come wait for another call. */
  private void missed(long now) {
    if (kept.isEmpty()) {
      return;
    }
    List<Ticket> gone = new ArrayList<>();
    for (Iterator<Kept> all = kept.values().iterator(); all.hasNext(); ) {
      Kept permit = all.next();
      if (permit.until() <= now) {
        all.remove();
        if (permit.ticket().miss() >= MOST_MISSED) {
          gone.add(permit.ticket());
        }
      }
    }
    gone.forEach(this::leave);
  }

  /**
   * When the permits that come back first come back, in rising order. One that is under way needs a
   * whole window.
   */
  private long[] ends(int count, long now) {
    long[] ends = new long[count];
    Iterator<Long> ours = used.iterator();
    Iterator<Long> others = assumed.iterator();
    long our = nextOf(ours);
    long other = nextOf(others);
    for (int i = 0; i < count; i++) {
      long next = Math.min(our, other);
      ends[i] = next == NEVER ? now + window : next;
      if (our <= other) {
        our = nextOf(ours);
      } else {
        other = nextOf(others);
      }
    }
    return ends;
  }

  private static long nextOf(Iterator<Long> ends) {
    return ends.hasNext() ? ends.next() : NEVER;
  }

  private long fallsBelow(int limit, long now) {
    int count = taken();
    int missing = count - limit;
    return missing < 0 ? Long.MIN_VALUE : ends(missing + 1, now)[missing];
  }

  private long fallsBelow(Deque<Long> ends, int limit, long now) {
    if (limit <= 0) {
      return now + window;
    }
    return ends.size() < limit
        ? Long.MIN_VALUE
        : ends.stream().skip((long) ends.size() - limit).findFirst().orElseThrow();
  }
}
