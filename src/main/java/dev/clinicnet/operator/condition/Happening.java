package dev.clinicnet.operator.condition;

/** What Events report that no condition says. The names are part of the API. */
public enum Happening implements EventReason {
  /** The Secret of the site kit has other content. */
  SiteKitWritten(
      false,
      "The operator wrote the site kit, and the message says what changed in it. Install it at the"
          + " site."),
  /** Agents were restarted because an annotation asked for it. */
  AgentsRestarted(false, "Every agent that was connected was told to restart."),
  /** Some agent could not be restarted. */
  AgentsNotRestarted(
      true,
      "At least one agent could not be restarted from afar, and the message says why. Restart it at"
          + " the site."),
  /** The API server did not take a status. */
  StatusNotWritten(
      true,
      "Kubernetes refuses the status of the object, so the status is older than what was done. The"
          + " message has the reason: a missing right, an admission policy or a rule of the CRD.");

  private final boolean warning;
  private final String meaning;

  Happening(boolean warning, String meaning) {
    this.warning = warning;
    this.meaning = meaning;
  }

  /** Whether the Event is a Warning, which asks a person to act. */
  public boolean isWarning() {
    return warning;
  }

  /** What it means and what to do, for the documentation. */
  public String meaning() {
    return meaning;
  }
}
