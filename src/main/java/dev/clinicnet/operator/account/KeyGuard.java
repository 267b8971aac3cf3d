package dev.clinicnet.operator.account;

import dev.clinicnet.operator.claim.KnownID;
import dev.clinicnet.operator.ngrok.Failure;
import dev.clinicnet.operator.ngrok.NgrokException;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.ngrok.WriteGuard;
import java.time.Duration;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Notices that the API key was replaced while the operator runs. The new key may belong to another
 * account, in which nothing may be created, and in which every object looks deleted. So nothing is
 * written with it before the account was listed with it, and judged by the {@link AccountGuard}.
 */
public final class KeyGuard implements WriteGuard {
  /**
   * How long nothing is written with a new key whose account looks wrong. Passes that began before
   * it was judged do not know it, and have ended by then.
   */
  static final Duration RUNNING_PASSES = Duration.ofMinutes(1);

  private static final Duration SOON = Duration.ofSeconds(1);

  private final Supplier<String> key;
  private final WriteGuard next;
  private final LongSupplier nanos;
  private Runnable relist = () -> {};
  private String listing;
  private String judged;
  private String asked;
  private Long heldUntil;

  /**
   * A guard that has judged no key yet, and allows all of them: before the first list, nothing is
   * decided anyway.
   *
   * @param key the present API key; null or blank while there is none
   * @param next asked before
   * @param nanos a monotonic clock
   */
  public KeyGuard(Supplier<String> key, WriteGuard next, LongSupplier nanos) {
    this.key = key;
    this.next = next;
    this.nanos = nanos;
  }

  /** Sets what has the whole account listed soon. */
  public void relistBy(Runnable request) {
    relist = request;
  }

  @Override
  public void check() {
    next.check();
    checkKey();
  }

  @Override
  public void confirm() {
    next.confirm();
  }

  private synchronized void checkKey() {
    if (isReplaced()) {
      askOnce();
      throw refusal(
          "The API key was replaced. Nothing is written with the new one before the account was"
              + " listed and compared with the statuses.",
          SOON);
    }
    if (heldUntil != null && heldUntil - nanos.getAsLong() > 0) {
      throw refusal(
          "The API key was replaced, and its account looks like another one.", RUNNING_PASSES);
    }
  }

  private static NgrokException refusal(String message, Duration retryAfter) {
    return new NgrokException(Failure.UNAVAILABLE, null, message, retryAfter);
  }

  private boolean isReplaced() {
    return judged != null && !judged.equals(key.get());
  }

  /** One list for a key suffices. */
  private void askOnce() {
    String present = key.get();
    if (present != null && !present.equals(asked)) {
      asked = present;
      relist.run();
    }
  }

  private synchronized void begins() {
    listing = key.get();
    if (isReplaced()) {
      askOnce();
    }
  }

  /** A list that was begun with one key and ended with another says nothing about either. */
  private synchronized void listed(boolean mismatch) {
    asked = null;
    if (listing == null || !listing.equals(key.get())) {
      return;
    }
    boolean replaced = isReplaced();
    judged = listing;
    if (!mismatch) {
      heldUntil = null;
    } else if (replaced) {
      heldUntil = nanos.getAsLong() + RUNNING_PASSES.toNanos();
    }
  }

  /** A listener that judges the key of each complete list directly after the account. */
  public SweepListener judging(SweepListener effects, AccountGuard guard) {
    return new ForwardingListener(effects) {
      @Override
      public void begins() {
        KeyGuard.this.begins();
        super.begins();
      }

      @Override
      public void listed(
          Set<Resource<?, ?, ?>> resources, Predicate<KnownID> missing, boolean complete) {
        super.listed(resources, missing, complete);
        if (complete) {
          KeyGuard.this.listed(guard.blocking(null).isPresent());
        }
      }
    };
  }
}
