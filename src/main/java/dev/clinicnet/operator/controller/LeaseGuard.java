package dev.clinicnet.operator.controller;

import dev.clinicnet.operator.controller.OperatorOptions.LeaseOptions;
import dev.clinicnet.operator.ngrok.Failure;
import dev.clinicnet.operator.ngrok.NgrokException;
import dev.clinicnet.operator.ngrok.WriteGuard;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.function.LongSupplier;

/**
 * Allows requests only while the Lease says that this process leads.
 *
 * <p>A renewal counts for as long as the leader may work without a new one. This is shorter than
 * others wait before they take over, so the former leader has stopped by then, even if the clocks
 * differ a little.
 */
public final class LeaseGuard implements WriteGuard {
  private final KubernetesClient client;
  private final LeaseOptions options;
  private final Clock clock;
  private final LongSupplier nanoTime;

  private long validUntil;
  private boolean givenUp;

  /**
   * The guard of a process that does not lead yet.
   *
   * @param client a client that gives up soon, because the caller is about to write
   * @param nanoTime a clock that also runs while this process is paused
   */
  public LeaseGuard(
      KubernetesClient client, LeaseOptions options, Clock clock, LongSupplier nanoTime) {
    this.client = client;
    this.options = options;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.validUntil = nanoTime.getAsLong();
  }

  /** This process has just taken the Lease. */
  synchronized void acquired() {
    validUntil = nanoTime.getAsLong() + options.renewal().toNanos();
  }

  @Override
  public void check() {
    long asked = nanoTime.getAsLong();
    Instant now = clock.instant();
    Lease lease;
    try {
      lease = read();
    } catch (KubernetesClientException e) {
      throw refusal("the Lease could not be read (" + RootCause.of(e) + ")");
    }
    if (!isOurs(lease)) {
      seen(asked);
      throw refusal("another process leads");
    }
    Instant renewed = lease.getSpec().getRenewTime().toInstant();
    renewed(asked + Duration.between(now, renewed.plus(options.renewal())).toNanos());
    confirm();
  }

  @Override
  public synchronized void confirm() {
    if (givenUp) {
      throw refusal("this process has given the Lease up");
    }
    if (left().isNegative()) {
      throw refusal("the Lease has run out");
    }
  }

  /** How long the last seen renewal still counts; negative if it does not. */
  synchronized Duration left() {
    return Duration.ofNanos(validUntil - nanoTime.getAsLong() - 1);
  }

  /**
   * Gives the Lease up if this process has it, so that the next leader need not wait until it runs
   * out. No request is allowed from now on.
   *
   * @throws KubernetesClientException when that fails, or when another process has just taken the
   *     Lease
   */
  void release() {
    synchronized (this) {
      givenUp = true;
    }
    Lease lease = read();
    if (isOurs(lease)) {
      Lease free =
          new LeaseBuilder(lease)
              .editSpec()
              .withHolderIdentity(null)
              .withLeaseDurationSeconds(1)
              .withRenewTime(ZonedDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
              .endSpec()
              .build();
      client.resource(free).lockResourceVersion(lease.getMetadata().getResourceVersion()).update();
    }
  }

  private Lease read() {
    return client.leases().inNamespace(options.namespace()).withName(options.name()).get();
  }

  private boolean isOurs(Lease lease) {
    LeaseSpec spec = lease == null ? null : lease.getSpec();
    return spec != null && options.identity().equals(spec.getHolderIdentity());
  }

  /** Answers may arrive in another order, so the latest renewal counts. */
  private synchronized void renewed(long until) {
    validUntil = Math.max(validUntil, until);
  }

  private synchronized void seen(long lostAt) {
    validUntil = lostAt;
  }

  private static NgrokException refusal(String why) {
    return new NgrokException(Failure.NOT_LEADING, null, "Nothing is sent: " + why + ".", null);
  }
}
