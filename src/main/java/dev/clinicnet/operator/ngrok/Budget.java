package dev.clinicnet.operator.ngrok;

import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * The request allowance of one account. Everything in this process that uses the account shares it.
 * All rules are in {@link BudgetWindow}; this class only makes threads wait.
 */
public final class Budget {

  /** Waits until it is signalled or the time is over; replaced by tests. */
  interface Pause {
    void await(Condition changed, long nanos) throws InterruptedException;
  }

  /**
   * How long a thread waits while it is another thread's turn: that thread may need a moment to
   * notice.
   */
  private static final long LEAST_WAIT = Duration.ofMillis(1).toNanos();

  /**
   * How long a permit is kept for an object that was called, in real time. A pass over it begins
   * when a thread is free, so this may take a while if many objects have changed at once.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** An object that waits looks again after its estimate, for the case that its call is lost. */
  private static final Duration LATER = Duration.ofSeconds(30);

  /** A wait that is shorter is brief: nobody needs to know of it. */
  private static final Duration BRIEF = Duration.ofSeconds(10);

  /** If it turns out not to be brief, the object says so this much later. */
  private static final Duration SOON = Duration.ofSeconds(1);

  private final BudgetOptions options;
  private final AccountTime time;
  private final Pause pause;
  private final BudgetWindow window;
  private final Map<Lane, Integer> attended = new EnumMap<>(Lane.class);
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private int threads = BudgetOptions.THREADS;

  /**
   * A budget that begins now.
   *
   * @param nanos a monotonic time in nanoseconds, such as {@code System::nanoTime}
   */
  public Budget(BudgetOptions options, LongSupplier nanos) {
    this(options, AccountTime.of(Clock.systemUTC(), nanos));
  }

  /** A budget that begins now, in the time of an account. */
  public Budget(BudgetOptions options, AccountTime time) {
    this(
        options,
        time,
        (changed, nanos) -> await(changed, time.real(Duration.ofNanos(nanos)).toNanos()));
  }

  Budget(BudgetOptions options, AccountTime time, Pause pause) {
    this.options = options;
    this.time = time;
    this.pause = pause;
    this.window = new BudgetWindow(options, time.nanos());
  }

  /**
   * Waits for a permit for the operator itself.
   *
   * @throws NgrokException {@link Failure#THROTTLED} with a time in {@code retryAfter} when too
   *     many threads wait, or when there is no permit within the lane's longest wait; no permit is
   *     used then. {@link Failure#UNAVAILABLE} when the thread was interrupted; it stays
   *     interrupted
   */
  Permit acquire(Lane lane) {
    return acquire(lane, new BudgetTurn(this, Party.OPERATOR));
  }

  /** Begins a turn, which the caller closes. */
  BudgetTurn turn(Party party) {
    return new BudgetTurn(this, party);
  }

  /**
   * Gets a permit. The thread waits for it if that does not take long.
   *
   * @throws NgrokException {@link Failure#WAITING} if it would: the object of the turn is called
   *     then. For the operator itself it is {@link Failure#THROTTLED}. {@link Failure#UNAVAILABLE}
   *     when the thread was interrupted; it stays interrupted
   */
  Permit acquire(Lane lane, BudgetTurn turn) {
    lock.lock();
    try {
      return acquireLocked(lane, turn);
    } finally {
      lock.unlock();
    }
  }

  private Permit acquireLocked(Lane lane, BudgetTurn turn) {
    long start = time.nanos();
    long deadline = start + options.maxWait(lane).toNanos();
    Ticket ticket = window.arrive(lane, turn.party(), turn.hasBegun(), start);
    boolean crowded = attended.merge(lane, 1, Integer::sum) > options.room(lane, threads);
    boolean keepsPlace = false;
    try {
      for (long now = start; ; now = time.nanos()) {
        if (Thread.currentThread().isInterrupted()) {
          throw interrupted();
        }
        if (window.take(ticket, now)) {
          return new Permit(this, lane, Duration.ofNanos(now - ticket.since()));
        }
        Duration estimate = window.estimate(ticket, now);
        // A caller that cannot be served in time must not hold a thread until then.
        if (crowded || now >= deadline || now + estimate.toNanos() > deadline) {
          keepsPlace = turn.party().canBeCalled() && lane != Lane.CLOSING;
          throw keepsPlace ? waiting(ticket, estimate) : usedUp(estimate);
        }
        long wait = Math.min(deadline, window.changesAt(now)) - now;
        pause.await(changed, Math.max(wait, LEAST_WAIT));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw interrupted();
    } finally {
      attended.merge(lane, -1, Integer::sum);
      if (keepsPlace) {
        window.await(ticket);
      } else {
        window.leave(ticket);
      }
      // The next in the queue may have waited for this one.
      changed.signalAll();
    }
  }

  /** From now on, the account has so many threads for what is not urgent. */
  public void resize(int most) {
    change(
        () -> {
          threads = most;
          window.resize(most);
        });
  }

  /** A request was answered or has failed. */
  void answered(Permit permit) {
    change(() -> window.answered(permit.lane(), time.nanos()));
  }

  /** No request was sent with this permit. */
  void unused(Permit permit) {
    change(() -> window.unused(permit.lane()));
  }

  /** A turn has ended. */
  void ended(Party party) {
    change(() -> window.ended(party));
  }

  /** An object has nothing to send, so it needs no place. */
  void leave(Party party) {
    change(() -> window.leave(party));
  }

  /**
   * An object has something to send in a lane, but not before the account was listed. It keeps its
   * place in this lane or in an earlier one, and is not called before {@link #wake}.
   */
  void rest(Party party, Lane lane) {
    change(() -> window.rest(party, lane));
  }

  /**
   * The account was listed: those who rest are called again, each when it is its turn.
   *
   * @return those who rested
   */
  public List<Party> wake() {
    lock.lock();
    try {
      List<Party> woken = window.wake();
      changed.signalAll();
      return woken;
    } finally {
      lock.unlock();
    }
  }

  private void change(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until it is the turn of objects for which no thread waits.
   *
   * @return the objects; empty if there are none after a while
   * @throws InterruptedException when the thread was interrupted
   */
  List<Party> awaitCalls() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      List<Party> called = window.call(time.nanos(), patience());
      if (called.isEmpty()) {
        long now = time.nanos();
        long wait = Math.min(window.changesAt(now) - now, options.window().toNanos());
        pause.await(changed, Math.max(wait, LEAST_WAIT));
        called = window.call(time.nanos(), patience());
      }
      return called;
    } finally {
      lock.unlock();
    }
  }

  /** The objects whose turn it is now, without waiting. For tests without threads. */
  public List<Party> calls() {
    lock.lock();
    try {
      return window.call(time.nanos(), patience());
    } finally {
      lock.unlock();
    }
  }

  /** How long until {@link #calls} may give something, if nothing else happens. */
  public Duration untilCalls() {
    lock.lock();
    try {
      long now = time.nanos();
      return Duration.ofNanos(Math.min(window.changesAt(now) - now, options.horizon().toNanos()));
    } finally {
      lock.unlock();
    }
  }

  private long patience() {
    return time.during(PATIENCE).toNanos();
  }

  /**
   * The platform refused a request because the allowance was used up: no request is sent for so
   * long.
   *
   * @param teaches whether it says something about the allowance of a minute
   * @return whether the pause begins now, and not with an earlier refusal
   */
  public boolean throttled(Duration retryAfter, boolean teaches) {
    lock.lock();
    try {
      boolean begins = window.throttled(retryAfter, teaches, time.nanos());
      changed.signalAll();
      return begins;
    } finally {
      lock.unlock();
    }
  }

  /** How many permits of the present window are used, including those that are only assumed. */
  public int used() {
    lock.lock();
    try {
      return window.used(time.nanos());
    } finally {
      lock.unlock();
    }
  }

  /** How many requests a window may have, as learnt from refusals. */
  public int allowance() {
    lock.lock();
    try {
      return window.allowance(time.nanos());
    } finally {
      lock.unlock();
    }
  }

  /** The time of this budget, in nanoseconds of an arbitrary origin. */
  long now() {
    return time.nanos();
  }

  private NgrokException waiting(Ticket ticket, Duration estimate) {
    long now = time.nanos();
    BudgetWindow.Wait wait =
        window.promise(ticket, estimate, BRIEF.toNanos(), now, time.clock().instant());
    Duration again =
        wait.isBrief()
            ? BRIEF.plus(SOON).minusNanos(now - wait.since())
            : atMost(estimate.multipliedBy(3).dividedBy(2).plus(LATER), options.horizon());
    return NgrokException.waiting(wait.promise().text(), again, wait.isBrief());
  }

  private static NgrokException usedUp(Duration estimate) {
    Duration second = Duration.ofSeconds(1);
    return new NgrokException(
        Failure.THROTTLED,
        null,
        // The number of seconds is left out, because it would make every message a new one.
        "the request budget of this ngrok account is used up for the moment: it is tried again",
        estimate.compareTo(second) < 0 ? second : estimate);
  }

  private static Duration atMost(Duration wait, Duration most) {
    return wait.compareTo(most) < 0 ? wait : most;
  }

  private static NgrokException interrupted() {
    return new NgrokException(
        Failure.UNAVAILABLE,
        null,
        "the request to ngrok was not sent: the operator is shutting down",
        null);
  }

  @SuppressWarnings("WaitNotInLoop") // the loop is in the caller, which looks at the window again
  private static void await(Condition changed, long nanos) throws InterruptedException {
    changed.awaitNanos(nanos);
  }
}
