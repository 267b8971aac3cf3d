package dev.clinicnet.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;

/** The documented lengths of description and metadata, with the errors of one resource. */
record TextLimits(SimulatorError description, SimulatorError metadata) {
  private static final int DESCRIPTION = 255;
  private static final int METADATA = 4096;

  void check(ObjectNode body) {
    check(body, "description", DESCRIPTION, description);
    check(body, "metadata", METADATA, metadata);
  }

  private static void check(ObjectNode body, String field, int limit, SimulatorError error) {
    int length = body.path(field).asText("").getBytes(StandardCharsets.UTF_8).length;
    if (length > limit) {
      throw error.with(limit, length);
    }
  }
}
