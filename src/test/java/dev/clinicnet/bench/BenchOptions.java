package dev.clinicnet.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The size and the surroundings of a bench.
 *
 * @param clinics how many Clinics the fleet has
 * @param limited whether the platform's limit of requests counts
 * @param factor how many times faster than real time the account's time passes: limit, budget,
 *     sweeps, and everything that the operator schedules; Kubernetes stays in real time
 * @param latency how long ngrok takes to answer, in the account's time
 * @param java the home of the JDK that runs the operator
 * @param memory the memory limit of the operator's container in MiB; empty: that of the Deployment
 */
record BenchOptions(
    int clinics,
    boolean limited,
    int factor,
    Duration latency,
    Path java,
    Optional<Integer> memory) {
  /** The requests in a minute that the platform allows. */
  static final int LIMIT = 120;

  /** How long any wait may take. */
  static final Duration PATIENCE = Duration.ofMinutes(40);
}
