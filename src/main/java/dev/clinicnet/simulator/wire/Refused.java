package dev.clinicnet.simulator.wire;

import java.util.Objects;

/** The platform refuses a request of an agent. */
public final class Refused extends Exception {
  private static final long serialVersionUID = 1L;

  private final String code;

  /**
   * A refusal.
   *
   * @param code such as {@code ERR_NGROK_316}; empty if there is none
   */
  public Refused(String message, String code) {
    super(message);
    this.code = Objects.requireNonNullElse(code, "");
  }

  /** The text in the form of the platform: agents find the code at its end. */
  String text() {
    return code.isEmpty() ? getMessage() : getMessage() + "\r\n\r\n" + code + "\r\n";
  }
}
