package dev.clinicnet.operator.agentapi;

import java.util.List;

/** The API of one agent. Every call may fail with an {@link AgentApiException}. */
public interface AgentApi {

  /** The version of the agent that answers. */
  String version();

  /** The endpoints that it binds now. */
  List<RunningEndpoint> endpoints();

  /**
   * Makes the agent bind an endpoint. An equal endpoint of that name stays as it is; a different
   * one is replaced.
   */
  void start(StartedEndpoint endpoint);

  /** Makes the agent stop an endpoint. Returns when the agent has none of that name. */
  void stop(String name);
}
