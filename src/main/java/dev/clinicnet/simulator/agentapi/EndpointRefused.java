package dev.clinicnet.simulator.agentapi;

/** The platform does not let an agent bring an endpoint online. */
public final class EndpointRefused extends Exception {
  private static final long serialVersionUID = 1L;

  private final String code;

  /** A refusal with the platform's code and text. */
  public EndpointRefused(String code, String message) {
    super(message);
    this.code = code;
  }

  String code() {
    return code;
  }
}
