package dev.clinicnet.operator.ngrok;

import java.time.Duration;
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

  private final BudgetOptions options;
  private final LongSupplier nanos;
  private final Pause pause;
  private final BudgetWindow window;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /**
   * A budget that begins now.
   *
   * @param nanos a monotonic time in nanoseconds, such as {@code System::nanoTime}
   */
  public Budget(BudgetOptions options, LongSupplier nanos) {
    this(options, nanos, Budget::await);
  }

  /** A budget that begins now, in the time of an account. */
  public Budget(BudgetOptions options, AccountTime time) {
    this(
        options,
        time::nanos,
        (changed, nanos) -> await(changed, time.real(Duration.ofNanos(nanos)).toNanos()));
  }

  Budget(BudgetOptions options, LongSupplier nanos, Pause pause) {
    this.options = options;
    this.nanos = nanos;
    this.pause = pause;
    this.window = new BudgetWindow(options, nanos.getAsLong());
  }

  /**
   * Waits for a permit and uses it.
   *
   * @return how long it waited
   * @throws NgrokException {@link Failure#THROTTLED} with a time in {@code retryAfter} when the
   *     lane has no room to wait, or has no permit within its longest wait; no permit is used then.
   *     {@link Failure#UNAVAILABLE} when the thread was interrupted; it stays interrupted
   */
  public Duration acquire(Lane lane) {
    lock.lock();
    try {
      return acquireLocked(lane);
    } finally {
      lock.unlock();
    }
  }

  private Duration acquireLocked(Lane lane) {
    long start = nanos.getAsLong();
    long deadline = start + options.maxWait(lane).toNanos();
    BudgetWindow.Ticket ticket = window.join(lane);
    boolean taken = false;
    try {
      for (long now = start; ; now = nanos.getAsLong()) {
        if (Thread.currentThread().isInterrupted()) {
          throw interrupted();
        }
        taken = window.take(ticket, now);
        if (taken) {
          return Duration.ofNanos(now - start);
        }
        // A caller that cannot be served in time must not hold a thread until then.
        if (window.isCrowded(ticket) || now >= deadline || window.opensAt(lane, now) > deadline) {
          throw usedUp(window.appoint(ticket, now));
        }
        long wait = Math.min(deadline, window.changesAt(now)) - now;
        pause.await(changed, Math.max(wait, LEAST_WAIT));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw interrupted();
    } finally {
      if (!taken) {
        window.leave(ticket);
      }
      // The next ticket in the queue may have waited for this one.
      changed.signalAll();
    }
  }

  /**
   * The platform refused a request because the allowance was used up: no request is sent for so
   * long.
   *
   * @return whether the pause begins now, and not with an earlier refusal
   */
  public boolean throttled(Duration retryAfter) {
    lock.lock();
    try {
      long now = nanos.getAsLong();
      boolean begins = window.pausedUntil() - now <= 0;
      window.throttled(retryAfter, now);
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
      return window.used(nanos.getAsLong());
    } finally {
      lock.unlock();
    }
  }

  /** The time of this budget, in nanoseconds of an arbitrary origin. */
  long now() {
    return nanos.getAsLong();
  }

  private static NgrokException usedUp(Duration appointment) {
    Duration atLeast =
        appointment.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : appointment;
    return new NgrokException(
        Failure.THROTTLED,
        null,
        // The number of seconds is left out, because it would make every message a new one.
        "the request budget of this ngrok account is used up for the moment: it is tried again",
        atLeast);
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
