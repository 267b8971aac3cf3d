package dev.clinicnet.simulator.traffic;

/** How a run ended before its phase's last rule. */
sealed interface Ending {

  /** The connection is closed without a word. */
  record Refused() implements Ending {}

  /** The connection was handed to an internal endpoint, and is over. */
  record Forwarded() implements Ending {}

  /**
   * The request has its response.
   *
   * @param upstream whether an upstream has given it, so that the rules on responses run on it
   */
  record Answered(HTTPResponse response, boolean upstream) implements Ending {}
}
