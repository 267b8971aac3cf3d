package dev.clinicnet.operator.audit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * An event that a security officer may ask about later.
 *
 * @param what the kind of event, in lower-case words with '-', such as {@code session-opened}
 * @param object kind, namespace and name of the object
 * @param who the user, as the API server knew them; {@value #UNKNOWN} if the user is not known
 * @param why the given reason, or the cause; empty for none
 * @param details more facts, by name; never a secret
 */
public record AuditEvent(
    String what, String object, String who, String why, Map<String, String> details) {
  /** The value of {@code who} if the user is not known. It is never guessed. */
  public static final String UNKNOWN = "unknown";

  public AuditEvent {
    Objects.requireNonNull(what, "what");
    Objects.requireNonNull(object, "object");
    Objects.requireNonNull(who, "who");
    Objects.requireNonNull(why, "why");
    details = new LinkedHashMap<>(details);
  }

  /** The same event with one more fact. */
  public AuditEvent with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(details);
    more.put(name, value);
    return new AuditEvent(what, object, who, why, more);
  }
}
