package dev.clinicnet.operator.ngrok;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * The time by which an account is used: the budget, the sweeps, and everything that is due at a
 * moment. It is the real time, except in benches, where it passes faster so that an hour of an
 * account need not take an hour. Kubernetes stays in real time.
 */
public final class AccountTime {
  /** The real time. */
  public static final AccountTime REAL = of(Clock.systemUTC());

  private final Clock clock;
  private final LongSupplier nanos;
  private final int factor;

  private AccountTime(Clock clock, LongSupplier nanos, int factor) {
    this.clock = Objects.requireNonNull(clock, "clock");
    this.nanos = nanos;
    this.factor = factor;
  }

  /** A time with another clock that has the speed of the real time. */
  public static AccountTime of(Clock clock) {
    return of(clock, System::nanoTime);
  }

  /**
   * A time that others decide.
   *
   * @param nanos the same time in nanoseconds of an arbitrary origin, never going back
   */
  public static AccountTime of(Clock clock, LongSupplier nanos) {
    return new AccountTime(clock, nanos, 1);
  }

  /**
   * A time that is faster than the real one.
   *
   * @param factor how many times faster; at least 1
   * @param origin the moment at which it equals the real time; everything that uses the account
   *     must have the same one
   */
  public static AccountTime faster(int factor, Instant origin) {
    if (factor < 1) {
      throw new IllegalArgumentException("the factor must be at least 1");
    }
    return new AccountTime(new FastClock(factor, origin), () -> System.nanoTime() * factor, factor);
  }

  /**
   * Reads a time as benches give it: {@code FACTOR@ORIGIN}, for example {@code
   * 10@2026-01-01T00:00:00Z}.
   *
   * @throws RuntimeException if the text is something else
   */
  public static AccountTime parse(String text) {
    String[] parts = text.split("@", 2);
    return faster(Integer.parseInt(parts[0]), Instant.parse(parts[1]));
  }

  /** The clock of this time. */
  public Clock clock() {
    return clock;
  }

  /** This time in nanoseconds of an arbitrary origin, never going back. */
  public long nanos() {
    return nanos.getAsLong();
  }

  /** Whether it has the speed of the real time. */
  boolean isReal() {
    return factor == 1;
  }

  /** How much of this time passes in a span of the real time. */
  Duration during(Duration real) {
    return real.multipliedBy(factor);
  }

  /** How long a span of this time lasts. */
  public Duration real(Duration span) {
    return span.dividedBy(factor);
  }

  /** The span of this time that passes in a span of real time. */
  public Duration passing(Duration real) {
    return real.multipliedBy(factor);
  }

  private static final class FastClock extends Clock {
    private final int factor;
    private final Instant origin;

    FastClock(int factor, Instant origin) {
      this.factor = factor;
      this.origin = origin;
    }

    @Override
    public Instant instant() {
      return origin.plus(Duration.between(origin, Instant.now()).multipliedBy(factor));
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException("this clock is for moments, not for dates");
    }
  }
}
