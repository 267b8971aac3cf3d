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

  private static final BodySpec FIELDS = BodySpec.strings("roles").bool("domain_substrings");

  private Roles roles;
  private boolean substringsOfDomains;

  Behaviour() {
    reset();
  }

  Roles roles() {
    return roles;
  }

  /** Whether filters may search within the names of domains. */
  boolean hasSubstringsOfDomains() {
    return substringsOfDomains;
  }

  /** Changes what the body names, and leaves the rest. */
  void change(ObjectNode body) {
    ObjectNode wanted = FIELDS.read(body);
    if (wanted.has("roles")) {
      roles = roles(wanted.get("roles").asText());
    }
    substringsOfDomains = wanted.path("domain_substrings").asBoolean(substringsOfDomains);
  }

  void reset() {
    roles = Roles.KNOWN;
    substringsOfDomains = true;
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
