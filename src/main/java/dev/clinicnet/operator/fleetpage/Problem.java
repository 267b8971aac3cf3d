package dev.clinicnet.operator.fleetpage;

import java.time.Instant;
import java.util.Comparator;

/**
 * One thing that is not as it should be.
 *
 * @param object what has it, such as {@code Clinic} or {@code ClinicService rest-api}
 * @param condition the condition that says so, or a name of its own if the page itself has found it
 * @param reason the condition's reason; empty if the page itself has found the problem
 * @param message what is wrong, and what to do; may be empty
 * @param since when it began
 */
record Problem(
    Level level, String object, String condition, String reason, String message, Instant since) {

  /** The worst first, and of these the newest. */
  static final Comparator<Problem> WORST_FIRST =
      Comparator.comparing(Problem::level)
          .thenComparing(Problem::since, Comparator.reverseOrder())
          .thenComparing(Problem::object);

  /** The reason, or the page's own name for it. */
  String title() {
    return reason.isEmpty() ? condition : reason;
  }

  /** Where it stands: the object, and the condition if it has one. */
  String place() {
    return reason.isEmpty() ? object : object + ", condition " + condition;
  }
}
