package dev.clinicnet.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * How the platform answers where the public facts leave it open, or where older platforms differ. A
 * test can choose.
 */
final class Behaviour {
  /** What the platform does with the field {@code roles} of a service user. */
  enum Roles {
    KNOWN,
    IGNORED,
    REFUSED
  }

  private Roles roles = Roles.KNOWN;

  Roles roles() {
    return roles;
  }

  /** Changes what the body names, and leaves the rest. */
  void change(ObjectNode body) {
    ObjectNode wanted = BodySpec.strings("roles").read(body);
    String name = wanted.path("roles").asText("");
    if (!name.isEmpty()) {
      roles = roles(name);
    }
  }

  void reset() {
    roles = Roles.KNOWN;
  }

  private static Roles roles(String name) {
    return switch (name) {
      case "known" -> Roles.KNOWN;
      case "ignored" -> Roles.IGNORED;
      case "refused" -> Roles.REFUSED;
      default ->
          throw new IllegalArgumentException(
              "'roles' must be \"known\", \"ignored\" or \"refused\"");
    };
  }
}
