package dev.clinicnet.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

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

  /** What the binding of internal endpoints may be called. */
  private static final Set<String> INTERNAL_BINDINGS = Set.of("internal", "private");

  private static final BodySpec FIELDS =
      BodySpec.strings("roles", "internal_binding").bool("domain_substrings");

  private Roles roles;
  private boolean substringsOfDomains;
  private String internalBinding;

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

  /** What the API calls a binding when it shows an endpoint. */
  String shown(String binding) {
    return binding.equals("internal") ? internalBinding : binding;
  }

  /** Changes what the body names, and leaves the rest. */
  void change(ObjectNode body) {
    ObjectNode wanted = FIELDS.read(body);
    String binding = wanted.path("internal_binding").asText(internalBinding);
    if (!INTERNAL_BINDINGS.contains(binding)) {
      throw new IllegalArgumentException("'internal_binding' must be \"internal\" or \"private\"");
    }
    if (wanted.has("roles")) {
      roles = roles(wanted.get("roles").asText());
    }
    internalBinding = binding;
    substringsOfDomains = wanted.path("domain_substrings").asBoolean(substringsOfDomains);
  }

  void reset() {
    roles = Roles.KNOWN;
    internalBinding = "internal";
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
