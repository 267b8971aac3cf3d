package dev.clinicnet.simulator.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;

/**
 * The answer to a request that has no other result.
 *
 * @param error empty if it was carried out
 */
record Outcome(@JsonProperty("Error") String error) {
  static final Outcome DONE = new Outcome("");

  Outcome {
    error = Objects.requireNonNullElse(error, "");
  }
}
