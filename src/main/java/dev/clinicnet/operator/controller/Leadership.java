package dev.clinicnet.operator.controller;

import dev.clinicnet.operator.controller.OperatorOptions.LeaseOptions;
import dev.clinicnet.operator.ngrok.WriteGuard;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The leadership of this process among several that share a Lease. */
final class Leadership implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(Leadership.class);

  private final LeaseOptions options;
  private final KubernetesClient client;
  private final LeaseGuard guard;
  private final LeaseWatch watch;
  private final Runnable lost;
  private volatile boolean leading;
  private volatile String leader;

  /**
   * A process that does not lead yet.
   *
   * @param config the cluster and the identity
   * @param lost runs when this process led and may not lead any more
   */
  Leadership(LeaseOptions options, Config config, Clock clock, Runnable lost) {
    this.options = options;
    this.lost = lost;
    this.client = KubernetesAccess.punctualClient(config, options.renewal().dividedBy(2));
    this.guard = new LeaseGuard(client, options, clock, System::nanoTime);
    this.watch = new LeaseWatch(guard, options, lost);
  }

  /** Lets requests pass only while this process leads. */
  WriteGuard guard() {
    return guard;
  }

  /** Whether this process leads. */
  boolean isLeading() {
    return leading;
  }

  /** The identity of the process that leads; empty before one is known. */
  Optional<String> leader() {
    return Optional.ofNullable(leader).filter(name -> !name.isEmpty());
  }

  /**
   * The configuration of leader election in the operator SDK.
   *
   * @param begin runs when this process begins to lead
   */
  LeaderElectionConfiguration election(Runnable begin) {
    return LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(options.name())
        .withLeaseNamespace(options.namespace())
        .withIdentity(options.identity())
        .withLeaseDuration(options.duration())
        .withRenewDeadline(options.renewal())
        .withRetryPeriod(options.retry())
        .withExitOnStopLeading(false)
        .withLeaderCallbacks(new LeaderCallbacks(() -> lead(begin), lost, other -> leader = other))
        .build();
  }

  /**
   * Gives the Lease up after the operator SDK has stopped, so that another process takes it at its
   * next look.
   *
   * @param writing whether a request is still running. Then the Lease runs out by itself, so that
   *     no other process begins before that request has ended
   */
  void end(boolean writing) {
    watch.close();
    if (!leading) {
      return;
    }
    if (writing) {
      LOGGER.warn("A change is still under way: the Lease is not released, but runs out");
      return;
    }
    try {
      guard.release();
      LOGGER.info("released the Lease");
    } catch (KubernetesClientException e) {
      LOGGER.warn("The Lease could not be released, but runs out: {}", e.getMessage());
    }
  }

  @Override
  public void close() {
    client.close();
  }

  private void lead(Runnable begin) {
    LOGGER.info("leads");
    leading = true;
    guard.acquired();
    watch.start();
    begin.run();
  }
}
