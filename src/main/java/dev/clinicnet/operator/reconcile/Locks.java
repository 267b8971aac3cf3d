package dev.clinicnet.operator.reconcile;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * One lock for each Clinic. The Clinic and its services take turns, so that a Clinic that finds
 * none of its objects left can rely on none being created at the same moment.
 *
 * <p>A pass that takes access away goes first: the pass that holds the lock learns that something
 * urgent waits. Waits are short, because there are few threads, and few passes wait at a time,
 * besides those that cut a site off. A pass that does not get the lock comes back later.
 */
public final class Locks {
  private static final int STRIPES = 1024;
  private static final Duration PATIENCE = Duration.ofMillis(500);

  /**
   * The longest wait of an urgent pass. It is longer than one step takes, including the wait for
   * the budget.
   */
  private static final Duration URGENT_PATIENCE = Duration.ofSeconds(5);

  private static final Duration AGAIN = Duration.ofSeconds(1);

  /** How many passes may wait at a time, of all Clinics together. */
  private static final int ROOM = 4;

  private final Semaphore room = new Semaphore(ROOM);

  private final Stripe[] stripes =
      IntStream.range(0, STRIPES).mapToObj(i -> new Stripe()).toArray(Stripe[]::new);

  /** The locks. Two Clinics may share one. */
  private static final class Stripe {
    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicInteger urgent = new AtomicInteger();
  }

  /**
   * Makes a pass when it is its turn.
   *
   * @param pass the pass; its argument says whether it should end soon, because something urgent
   *     waits
   * @return how the pass ended; or when to come back, if its turn did not come
   */
  public Outcome inTurn(
      String namespace,
      String clinic,
      Urgency urgency,
      Clock clock,
      Function<BooleanSupplier, Outcome> pass) {
    Stripe stripe = stripes[Math.floorMod((namespace + "/" + clinic).hashCode(), STRIPES)];
    boolean usual = urgency == Urgency.USUAL;
    boolean limited = urgency != Urgency.CUT_OFF;
    if (!(usual ? take(stripe.lock, PATIENCE, limited) : takeUrgently(stripe, limited))) {
      return Outcome.waiting(Optional.of(clock.instant().plus(AGAIN)), false);
    }
    try {
      return pass.apply(() -> usual && stripe.urgent.get() > 0);
    } finally {
      stripe.lock.unlock();
    }
  }

  private boolean takeUrgently(Stripe stripe, boolean limited) {
    stripe.urgent.incrementAndGet();
    try {
      return take(stripe.lock, URGENT_PATIENCE, limited);
    } finally {
      stripe.urgent.decrementAndGet();
    }
  }

  private boolean take(ReentrantLock lock, Duration patience, boolean limited) {
    if (lock.tryLock()) {
      return true;
    }
    if (limited && !room.tryAcquire()) {
      return false;
    }
    try {
      return lock.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      if (limited) {
        room.release();
      }
    }
  }
}
