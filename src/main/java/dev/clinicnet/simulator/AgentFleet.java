package dev.clinicnet.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clinicnet.simulator.agentapi.AgentVersion;
import dev.clinicnet.simulator.edge.Upstream;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The connected agents. An agent connects if its authtoken is valid, like a real agent. Each of its
 * endpoints then comes online or fails by itself. A deleted credential leaves live sessions up
 * (whether the platform cuts them is not documented) and refuses new ones.
 */
final class AgentFleet {
  private final Account account;
  private final Credentials credentials;
  private final TunnelSessions sessions;
  private final Endpoints endpoints;
  private final AgentBinding binding;
  private final AgentAPIs apis;
  private final Map<String, ConnectedAgent> agents = new LinkedHashMap<>();
  private final SiteNetworks networks = new SiteNetworks();
  private Consumer<String> sessionEnded = session -> {};
  private int number;

  AgentFleet(
      Account account,
      Credentials credentials,
      TunnelSessions sessions,
      Endpoints endpoints,
      AgentBinding binding,
      AgentAPIs apis) {
    this.account = account;
    this.credentials = credentials;
    this.sessions = sessions;
    this.endpoints = endpoints;
    this.binding = binding;
    this.apis = apis;
  }

  /** Is called when a session has ended, to cut its connections. */
  void onSessionEnd(Consumer<String> listener) {
    sessionEnded = listener;
  }

  /** Sets the addresses that represent the hosts of an agent's site; false for an unknown id. */
  boolean network(String id, JsonNode upstreams) {
    if (!agents.containsKey(id)) {
      return false;
    }
    networks.replace(id, upstreams);
    return true;
  }

  /** The target of an agent's endpoint. */
  Upstream upstream(Row endpoint) {
    ConnectedAgent agent = bySession(endpoint.text("tunnel_session"));
    return agent.upstream(endpoint, network(agent));
  }

  /** The address that a test has set for a host comes before the agent's own API. */
  private Map<String, InetSocketAddress> network(ConnectedAgent agent) {
    Map<String, InetSocketAddress> network = new HashMap<>();
    apis.address(agent.id())
        .ifPresent(
            api ->
                agent
                    .config()
                    .web()
                    .address()
                    .ifPresent(web -> web.names().forEach(name -> network.put(name, api))));
    network.putAll(networks.of(agent.id()));
    return network;
  }

  Optional<ConnectedAgent> find(String id) {
    return Optional.ofNullable(agents.get(id));
  }

  ObjectNode connect(AgentConfig config, AgentVersion version) {
    Row credential = credentials.authenticate(config.authtoken());
    number++;
    String id = "agent_" + number;
    if (config.web().address().isPresent()) {
      apis.open(id);
    }
    return start(id, credential, config, version);
  }

  /** Ends an agent; false for an unknown id. */
  boolean disconnect(String id) {
    ConnectedAgent agent = agents.get(id);
    if (agent == null) {
      return false;
    }
    end(agent);
    apis.close(id);
    return true;
  }

  private void end(ConnectedAgent agent) {
    agents.remove(agent.id());
    sessions.offline(agent.sessionId());
    endpoints.offline(agent.sessionId());
    sessionEnded.accept(agent.sessionId());
  }

  void stopSession(String sessionId) {
    disconnect(bySession(sessionId).id());
  }

  /**
   * A restarted agent logs in again and gets a new session id (documented). It reads its file
   * again, so changes through its API are gone.
   */
  void restartSession(String sessionId) {
    ConnectedAgent agent = bySession(sessionId);
    end(agent);
    Row credential = credentials.table.find(agent.credentialId());
    if (credential == null) {
      apis.close(agent.id());
    } else {
      start(agent.id(), credential, agent.config(), agent.version());
    }
  }

  ObjectNode view() {
    ObjectNode view = Json.object();
    ArrayNode list = view.putArray("agents");
    agents.values().forEach(agent -> list.add(show(agent)));
    return view;
  }

  void reset() {
    agents.keySet().forEach(apis::close);
    agents.clear();
    networks.reset();
  }

  private ObjectNode start(String id, Row credential, AgentConfig config, AgentVersion version) {
    Row session =
        sessions.online(credential.id(), config.metadata(), config.remoteManagement(), version);
    ConnectedAgent agent =
        new ConnectedAgent(
            id, credential, session.id(), config, version, account, endpoints, binding);
    agent.startFile();
    agents.put(id, agent);
    return show(agent);
  }

  private ConnectedAgent bySession(String sessionId) {
    List<ConnectedAgent> found =
        agents.values().stream().filter(agent -> agent.sessionId().equals(sessionId)).toList();
    if (found.isEmpty()) {
      throw ApiException.notFound();
    }
    return found.get(0);
  }

  private ObjectNode show(ConnectedAgent agent) {
    ObjectNode view = Json.object().put("id", agent.id());
    view.put("version", agent.version().toString());
    apis.address(agent.id()).ifPresent(api -> view.put("api_port", api.getPort()));
    view.put("session_id", agent.sessionId());
    view.put("credential_id", agent.credentialId());
    view.set("endpoints", agent.results());
    return view;
  }
}
