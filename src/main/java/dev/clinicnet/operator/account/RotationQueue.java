package dev.clinicnet.operator.account;

import dev.clinicnet.operator.inventory.Owner;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Spreads the rotations of one account over time. It admits few in a minute, those with the oldest
 * authtokens first. A Clinic that was admitted and does not rotate, for example because the
 * platform refuses it, goes behind those that were not admitted yet, so that it does not hold them
 * up.
 *
 * <p>A Clinic waits a minute after it has asked for the first time, so that those with older
 * authtokens can ask, too. What a person asked for does not wait.
 *
 * <p>It keeps nothing. After a restart, each Clinic asks again.
 */
public final class RotationQueue {
  /**
   * How many rotations may begin in a minute. Each takes one request now and one after its overlap,
   * so they take at most a sixth of the 120 requests that the platform allows.
   */
  public static final int PER_MINUTE = 10;

  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** How long a Clinic that does not ask any more is remembered. */
  private static final Duration REMEMBERED = Duration.ofHours(1);

  private static final Comparator<Waiting> ORDER =
      Comparator.comparing(Waiting::admitted)
          .thenComparing(Waiting::issued)
          .thenComparing(waiting -> waiting.clinic().toString());

  private final int perMinute;
  private final Map<Owner, Waiting> waiting = new HashMap<>();
  private final Deque<Instant> begun = new ArrayDeque<>();

  /**
   * A Clinic that has a rotation due.
   *
   * @param issued when its authtoken was issued
   * @param admitted when it was admitted last; {@link Instant#MIN} for never
   * @param asksAgain when it was told to ask again
   */
  private record Waiting(Owner clinic, Instant issued, Instant admitted, Instant asksAgain) {

    boolean isAdmitted(Instant now) {
      return admitted.isAfter(now.minus(MINUTE));
    }

    boolean isGone(Instant now) {
      return asksAgain.isBefore(now.minus(REMEMBERED));
    }
  }

  /** A queue that admits {@link #PER_MINUTE} rotations in a minute. */
  public RotationQueue() {
    this(PER_MINUTE);
  }

  private RotationQueue(int perMinute) {
    this.perMinute = perMinute;
  }

  /** A queue that admits every rotation at once, for a plan. */
  public static RotationQueue unlimited() {
    return new RotationQueue(Integer.MAX_VALUE);
  }

  /**
   * Asks for the turn of a Clinic whose rotation is due. The answer stays the same for a minute
   * after it was admitted.
   *
   * @param issued when its authtoken was issued; {@link Instant#EPOCH} if a person asked for the
   *     rotation, which then goes before those that are due by schedule
   * @return {@code now} if the rotation may begin, else the time at which to ask again
   */
  public synchronized Instant turn(Owner clinic, Instant issued, Instant now) {
    begun.removeIf(time -> !time.isAfter(now.minus(MINUTE)));
    waiting.values().removeIf(other -> other.isGone(now));
    Waiting last = waiting.get(clinic);
    if (last != null && last.isAdmitted(now)) {
      return now;
    }
    Waiting asking = new Waiting(clinic, issued, last == null ? Instant.MIN : last.admitted(), now);
    List<Waiting> before =
        waiting.values().stream().filter(other -> isBefore(other, asking, now)).toList();
    long soon =
        before.stream().filter(other -> !other.asksAgain().isAfter(now.plus(MINUTE))).count();
    boolean waitsForOlder = last == null && !issued.equals(Instant.EPOCH) && !isUnlimited();
    if (!waitsForOlder && soon < perMinute - begun.size()) {
      begun.add(now);
      waiting.put(clinic, new Waiting(clinic, issued, now, now));
      return now;
    }
    Instant turn = waitsForOlder ? now.plus(MINUTE) : place(before.size(), now);
    waiting.put(clinic, new Waiting(clinic, issued, asking.admitted(), turn));
    return turn;
  }

  private boolean isUnlimited() {
    return perMinute == Integer.MAX_VALUE;
  }

  /** When a Clinic gets its turn that has so many before it. */
  private Instant place(int before, Instant now) {
    Instant free = begun.size() < perMinute ? now : begun.getFirst().plus(MINUTE);
    return free.plus(MINUTE.dividedBy(perMinute).multipliedBy(before + 1L));
  }

  /** Forgets a Clinic that has rotated, or does not need to. */
  public synchronized void leave(Owner clinic) {
    waiting.remove(clinic);
  }

  private static boolean isBefore(Waiting other, Waiting asking, Instant now) {
    return !other.isAdmitted(now)
        && !other.asksAgain().isBefore(now.minus(MINUTE))
        && ORDER.compare(other, asking) < 0;
  }
}
