package dev.clinicnet.operator.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** What is told of an object where people look for it. */
public interface Reports {

  /** Writes a complete status, and nothing else, by server-side apply. */
  void applyStatus(HasMetadata withStatus);

  /**
   * Records an Event about an object. It is told at most once a call, and never fails the caller.
   */
  void emit(HasMetadata about, boolean warning, String reason, String message);
}
