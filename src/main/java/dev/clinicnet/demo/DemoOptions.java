package dev.clinicnet.demo;

import java.time.Duration;
import java.util.Optional;

/**
 * The options of the demo.
 *
 * @param real whether it runs on a real API server
 * @param realAgents whether the agents are those of {@code dev/agent}, on ngrok's own SDK
 * @param stay whether everything keeps running afterwards
 * @param verbose whether logs and stack traces are shown
 * @param limit the time limit for everything
 * @param fault a fault of ngrok, in the simulator's format
 */
record DemoOptions(
    boolean real,
    boolean realAgents,
    boolean stay,
    boolean verbose,
    Duration limit,
    Optional<String> fault) {
  static final Duration LIMIT = Duration.ofSeconds(60);
}
