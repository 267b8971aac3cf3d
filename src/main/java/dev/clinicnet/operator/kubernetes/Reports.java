package dev.clinicnet.operator.kubernetes;

import dev.clinicnet.operator.condition.EventReason;
import dev.clinicnet.operator.condition.Happening;
import io.fabric8.kubernetes.api.model.HasMetadata;

/** Reports on an object, in the places where people look. */
public interface Reports {

  /** Writes a complete status, and nothing else, by server-side apply. */
  void applyStatus(HasMetadata withStatus);

  /**
   * Records an Event about an object: at most one for each call. A failure does not reach the
   * caller.
   */
  void emit(HasMetadata about, boolean warning, EventReason reason, String message);

  /** Records an Event about something that no condition says, in the same way. */
  default void emit(HasMetadata about, Happening what, String message) {
    emit(about, what.isWarning(), what, message);
  }
}
