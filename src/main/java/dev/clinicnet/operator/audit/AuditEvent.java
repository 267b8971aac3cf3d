package dev.clinicnet.operator.audit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Something that a security officer asks about later.
 *
 * @param what what has happened, in lower-case words with '-', such as {@code session-opened}
 * @param object kind, namespace and name of what it happened to
 * @param who the user, as the API server knew them; {@value #UNKNOWN} when nobody can tell
 * @param why the reason that was given, or what made it happen; empty for none
 * @param details more facts, by name; never a secret
 */
public record AuditEvent(
    String what, String object, String who, String why, Map<String, String> details) {
  /** Who did it when nobody can tell: it is never guessed. */
  public static final String UNKNOWN = "unknown";

  public AuditEvent {
    Objects.requireNonNull(what, "what");
    Objects.requireNonNull(object, "object");
    Objects.requireNonNull(who, "who");
    Objects.requireNonNull(why, "why");
    details = new LinkedHashMap<>(details);
  }
}
