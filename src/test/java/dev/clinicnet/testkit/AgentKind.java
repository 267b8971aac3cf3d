package dev.clinicnet.testkit;

/** Who plays the site in a test: the same test runs with both. */
public enum AgentKind {
  /** An agent within the simulator. */
  SIMULATED,
  /** An agent of its own, on ngrok's Go SDK. */
  REAL
}
