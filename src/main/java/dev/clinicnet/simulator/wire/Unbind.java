package dev.clinicnet.simulator.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;

/** The request to take an endpoint offline. */
record Unbind(@JsonProperty("Id") String id) {
  Unbind {
    id = Objects.requireNonNullElse(id, "");
  }
}
