package dev.clinicnet.operator.cli.run;

import dev.clinicnet.operator.cli.Environment;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.operator.controller.ExitReason;
import dev.clinicnet.operator.controller.OperatorOptions.LeaseOptions;
import dev.clinicnet.operator.controller.StartFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Whether leaders are elected, and in which namespace. In a cluster they are, unless the option
 * turns it off. Elsewhere they are if a namespace is given.
 */
final class LeaseChoice {
  private LeaseChoice() {}

  /**
   * The Lease to use. If it is empty, this process works alone.
   *
   * @param wish the value of {@code --[no-]leader-election}; null when it is not given
   * @param namespace {@code --lease-namespace}; null when it is not given
   * @param duration {@code --lease-duration}
   * @param kubeconfig {@code --kubeconfig}; null when it is not given
   * @param suffix a text that distinguishes two processes of one host
   */
  static Optional<LeaseOptions> of(
      Boolean wish,
      String namespace,
      Duration duration,
      Path kubeconfig,
      Environment environment,
      String suffix) {
    if (Boolean.FALSE.equals(wish)) {
      if (namespace != null) {
        throw new StartFailure(
            ExitReason.LEADER_ELECTION_CONTRADICTORY,
            "--no-leader-election and --lease-namespace contradict each other: leave one out");
      }
      return Optional.empty();
    }
    Optional<String> found =
        Optional.ofNullable(namespace)
            .or(() -> kubeconfig == null ? environment.podNamespace() : Optional.empty());
    if (found.isEmpty() && Boolean.TRUE.equals(wish)) {
      throw new StartFailure(
          ExitReason.LEASE_NAMESPACE_MISSING,
          "--leader-election needs --lease-namespace NAMESPACE outside of a cluster");
    }
    return found.map(
        home ->
            new LeaseOptions(
                home, ClinicOperator.NAME, environment.hostName() + "-" + suffix, duration));
  }
}
