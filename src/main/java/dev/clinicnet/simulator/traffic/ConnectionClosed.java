package dev.clinicnet.simulator.traffic;

import java.io.IOException;

/** A rule ends the client's connection without a response ({@code close-connection}). */
public final class ConnectionClosed extends IOException {
  private static final long serialVersionUID = 1L;

  /** The end by this rule. */
  public ConnectionClosed(String rule) {
    super("the rule \"" + rule + "\" closes the connection");
  }
}
