package dev.clinicnet.simulator.agentapi;

/** Reads paths of agents' APIs, for tests of other packages. */
public final class AgentPaths {
  private AgentPaths() {}

  /** The path of a request's target. */
  public static AgentPath of(String target) {
    return AgentPath.of(target);
  }
}
