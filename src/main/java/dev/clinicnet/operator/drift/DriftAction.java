package dev.clinicnet.operator.drift;

import dev.clinicnet.operator.condition.Reason;

/** What the operator did about a difference that somebody else made. */
public enum DriftAction {
  /** The operator corrected it. */
  CORRECTED("corrected", Reason.DriftCorrected),
  /**
   * The operator left it as it is, because the Clinic asks for that, or because the object has
   * another owner now.
   */
  REPORTED("reported", Reason.DriftDetected);

  private final String label;
  private final Reason event;

  DriftAction(String label, Reason event) {
    this.label = label;
    this.event = event;
  }

  /** The name in metrics and in the audit trail. */
  public String label() {
    return label;
  }

  /** The reason of the Event about it. */
  Reason event() {
    return event;
  }
}
