package dev.clinicnet.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * One stored object.
 *
 * @param fields the stored members; resources change them in place
 */
record Row(String id, Instant createdAt, ObjectNode fields) {

  String text(String name) {
    return fields.path(name).asText("");
  }

  boolean flag(String name) {
    return fields.path(name).asBoolean();
  }
}
