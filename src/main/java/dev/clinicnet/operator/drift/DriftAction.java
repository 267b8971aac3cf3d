package dev.clinicnet.operator.drift;

/** What became of a difference that somebody else made. */
public enum DriftAction {
  /** It was put right. */
  CORRECTED("corrected", "DriftCorrected"),
  /** It was left as it is: the Clinic asks for that, or the object has another owner now. */
  REPORTED("reported", "DriftDetected");

  private final String label;
  private final String event;

  DriftAction(String label, String event) {
    this.label = label;
    this.event = event;
  }

  /** How metrics and the audit trail call it. */
  public String label() {
    return label;
  }

  /** The reason of the Event about it. */
  String event() {
    return event;
  }
}
