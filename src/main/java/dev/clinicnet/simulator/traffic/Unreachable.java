package dev.clinicnet.simulator.traffic;

/** Nothing has answered at the place to which traffic was sent. */
public final class Unreachable extends Exception {
  private static final long serialVersionUID = 1L;

  private final String errorCode;

  /**
   * Says why.
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
