package dev.clinicnet.simulator;

import dev.clinicnet.simulator.edge.Edge;
import dev.clinicnet.simulator.wire.AgentPort;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * One account of the simulated platform, with everything that it has for itself: its objects, its
 * limits, its faults, its log of requests, and its entry points for traffic.
 *
 * @param key the key that it accepts; null for any well-formed one
 */
record SimulatedAccount(
    Account account,
    String key,
    Platform platform,
    ApiService api,
    ControlService control,
    Faults faults,
    RequestLog log,
    Edge edge,
    AgentPort agents)
    implements AutoCloseable {

  /**
   * An empty account.
   *
   * @param agentPort the port for agents; 0 for any free one
   * @param foreign the agents of all accounts of the platform; its own are added
   * @throws Simulator.AgentPortTaken if that port is taken
   */
  static SimulatedAccount open(
      Account account, int agentPort, List<ForeignAgents> foreign, Executor threads)
      throws IOException {
    Faults faults = new Faults();
    RequestLog log = new RequestLog(account.clock());
    Platform platform = new Platform(account, faults, log, threads);
    ApiService api = new ApiService(platform, account);
    Edge edge = Edge.start(new LiveAccount(account, platform));
    platform.agents().onSessionEnd(edge::sessionEnded);
    ForeignAgents own = new ForeignAgents(platform, faults);
    foreign.add(own);
    AgentPort agents;
    try {
      agents = AgentPort.open(agentPort, edge.agentTLS(), new AgentDoor(own, foreign));
    } catch (IOException e) {
      edge.close();
      throw new Simulator.AgentPortTaken(e);
    }
    ControlService control =
        new ControlService(
            platform,
            account,
            api,
            faults,
            log,
            new TrafficControl(platform, edge, agents.address()));
    return new SimulatedAccount(
        account, account.options().apiKey(), platform, api, control, faults, log, edge, agents);
  }

  /** Whether a request with this {@code Authorization} is certainly for this account. */
  boolean isFor(String authorization) {
    if (authorization == null || !authorization.startsWith(ApiKeyCheck.BEARER)) {
      return false;
    }
    String sent = authorization.substring(ApiKeyCheck.BEARER.length()).strip();
    return sent.equals(key) || platform.wasKey(sent);
  }

  @Override
  public void close() {
    platform.agentAPIs().close();
    agents.close();
    edge.close();
    faults.clear();
  }
}
