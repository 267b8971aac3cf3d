package dev.clinicnet.demo;

import java.time.Duration;
import java.util.Optional;

/**
 * How the demo runs.
 *
 * @param real on a real API server
 * @param stay whether everything keeps running afterwards
 * @param verbose whether logs and stack traces are shown
 * @param limit how long everything may take
 * @param fault what goes wrong at ngrok, as the simulator reads it
 */
record DemoOptions(
    boolean real, boolean stay, boolean verbose, Duration limit, Optional<String> fault) {
  static final Duration LIMIT = Duration.ofSeconds(60);
}
