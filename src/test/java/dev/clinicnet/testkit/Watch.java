package dev.clinicnet.testkit;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that a test can replace by another one while it is in use. */
public final class Watch extends Clock {
  private final AtomicReference<Clock> clock;

  /** A clock that shows what the present one shows. */
  public Watch(AtomicReference<Clock> clock) {
    this.clock = clock;
  }

  @Override
  public ZoneId getZone() {
    return clock.get().getZone();
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return clock.get().withZone(zone);
  }

  @Override
  public Instant instant() {
    return clock.get().instant();
  }
}
