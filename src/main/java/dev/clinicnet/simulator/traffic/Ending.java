package dev.clinicnet.simulator.traffic;

/** The end of a run before the last rule of its phase. */
sealed interface Ending {

  /** The connection is closed without a response. */
  record Refused() implements Ending {}

  /** The connection was forwarded to an internal endpoint, and has ended. */
  record Forwarded() implements Ending {}

  /**
   * The request has its response.
   *
   * @param upstream whether it comes from an upstream, so that the rules on responses run
   */
  record Answered(HTTPResponse response, boolean upstream) implements Ending {}
}
