package dev.clinicnet.operator.agentapi;

import java.util.List;

/** The API of one agent. Every call may fail with an {@link AgentApiException}. */
public interface AgentApi {

  /** The version of the agent that answers. */
  String version();

  /** What it binds at present. */
  List<RunningEndpoint> endpoints();

  /**
   * Has it bind an endpoint. One of that name that is the same is left as it is; one that is
   * another is replaced.
   */
  void start(StartedEndpoint endpoint);

  /** Has it let go of an endpoint; returns when the agent has none of that name. */
  void stop(String name);
}
