package dev.clinicnet.operator.drift;

/** What the operator did about a difference that somebody else made. */
public enum DriftAction {
  /** The operator corrected it. */
  CORRECTED("corrected", "DriftCorrected"),
  /**
   * The operator left it as it is, because the Clinic asks for that, or because the object has
   * another owner now.
   */
  REPORTED("reported", "DriftDetected");

  private final String label;
  private final String event;

  DriftAction(String label, String event) {
    this.label = label;
    this.event = event;
  }

  /** The name in metrics and in the audit trail. */
  public String label() {
    return label;
  }

  /** The reason of the Event about it. */
  String event() {
    return event;
  }
}
