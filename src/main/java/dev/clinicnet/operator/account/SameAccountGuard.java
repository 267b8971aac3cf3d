package dev.clinicnet.operator.account;

import dev.clinicnet.operator.claim.KnownID;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.ngrok.Failure;
import dev.clinicnet.operator.ngrok.NgrokException;
import dev.clinicnet.operator.ngrok.RemoteObject;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.ngrok.WriteGuard;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Lets nothing be written for an account that is the same one as an older account. The lists go on,
 * so that the end of it is noticed.
 */
public final class SameAccountGuard implements WriteGuard {
  /** An older account that does not answer holds this one up for so long at most. */
  static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Duration LATER = Duration.ofSeconds(30);

  private final String name;
  private final SameAccounts all;
  private final WriteGuard next;
  private final LongSupplier nanos;
  private Long waitingSince;
  private boolean compared;

  /**
   * A guard for an account.
   *
   * @param next asked before
   * @param nanos a monotonic clock
   */
  public SameAccountGuard(String name, SameAccounts all, WriteGuard next, LongSupplier nanos) {
    this.name = name;
    this.all = all;
    this.next = next;
    this.nanos = nanos;
  }

  @Override
  public void check() {
    next.check();
    Optional<String> older = all.older(name);
    if (older.isPresent()) {
      throw new NgrokException(
          Failure.UNAUTHORIZED,
          null,
          "Nothing is written for the account "
              + name
              + ": its API key belongs to the same ngrok account as that of the account "
              + older.get()
              + ". Give one of them a key of another account.",
          LATER);
    }
    Optional<String> unseen = unseen();
    if (unseen.isPresent()) {
      throw new NgrokException(
          Failure.UNAVAILABLE,
          null,
          "Before anything is written, the account "
              + name
              + " is compared with the account "
              + unseen.get()
              + ".",
          SOON);
    }
  }

  @Override
  public void confirm() {
    next.confirm();
  }

  private synchronized Optional<String> unseen() {
    if (compared) {
      return Optional.empty();
    }
    if (waitingSince == null) {
      waitingSince = nanos.getAsLong();
    }
    boolean waited = nanos.getAsLong() - waitingSince >= LONGEST_WAIT.toNanos();
    Optional<String> unseen = waited ? Optional.empty() : all.unseenOlder(name);
    compared = unseen.isEmpty();
    return unseen;
  }

  /**
   * A listener that compares the account at each complete list.
   *
   * @param released called after the list with which writes are allowed again
   */
  public SweepListener comparing(SweepListener effects, Runnable released) {
    return new Comparison(effects, released);
  }

  private final class Comparison extends ForwardingListener {
    private final Runnable released;
    private boolean held;

    Comparison(SweepListener effects, Runnable released) {
      super(effects);
      this.released = released;
    }

    @Override
    public void listed(
        Set<Resource<?, ?, ?>> resources, Predicate<KnownID> missing, boolean complete) {
      if (complete) {
        all.listed(name, resources, missing);
      }
      super.listed(resources, missing, complete);
    }

    @Override
    public void swept(List<RemoteObject> changed, Set<Owner> waiters, boolean complete) {
      super.swept(changed, waiters, complete);
      boolean was = held;
      held = all.older(name).isPresent();
      if (was && !held) {
        released.run();
      }
    }
  }
}
