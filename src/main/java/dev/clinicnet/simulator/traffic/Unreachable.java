package dev.clinicnet.simulator.traffic;

/** The destination of traffic did not answer. */
public final class Unreachable extends Exception {
  private static final long serialVersionUID = 1L;

  private final String errorCode;

  /**
   * The failure with its reason.
   *
   * @param errorCode the platform's code, for example {@code ERR_NGROK_3200}
   */
  public Unreachable(String errorCode, String message) {
    super(message);
    this.errorCode = errorCode;
  }

  /** The platform's code. */
  public String errorCode() {
    return errorCode;
  }
}
