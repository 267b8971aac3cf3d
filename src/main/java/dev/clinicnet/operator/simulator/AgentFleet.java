package dev.clinicnet.operator.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clinicnet.operator.simulator.edge.Upstream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The agents that are connected. Like a real agent, one connects when its authtoken is good, and
 * each endpoint then comes online or fails by itself. A deleted credential leaves live sessions up
 * (whether the platform cuts them is not documented) and refuses new ones.
 */
final class AgentFleet {
  private final Account account;
  private final Credentials credentials;
  private final TunnelSessions sessions;
  private final Endpoints endpoints;
  private final AgentBinding binding;
  private final Map<String, ConnectedAgent> agents = new LinkedHashMap<>();
  private final SiteNetworks networks = new SiteNetworks();
  private Consumer<String> sessionEnded = session -> {};
  private int number;

  AgentFleet(
      Account account,
      Credentials credentials,
      TunnelSessions sessions,
      Endpoints endpoints,
      AgentBinding binding) {
    this.account = account;
    this.credentials = credentials;
    this.sessions = sessions;
    this.endpoints = endpoints;
    this.binding = binding;
  }

  /** Who learns that a session has ended, to cut its connections. */
  void onSessionEnd(Consumer<String> listener) {
    sessionEnded = listener;
  }

  /** What stands for the hosts of an agent's site; false for an unknown id. */
  boolean network(String id, JsonNode upstreams) {
    if (!agents.containsKey(id)) {
      return false;
    }
    networks.replace(id, upstreams);
    return true;
  }

  /** Where an endpoint of an agent leads. */
  Upstream upstream(Row endpoint) {
    ConnectedAgent agent = bySession(endpoint.text("tunnel_session"));
    AgentEndpoint configured =
        agent.config().endpoints().stream()
            .filter(candidate -> candidate.name().equals(endpoint.text("name")))
            .findFirst()
            .orElseThrow();
    return new Upstream(
        agent.sessionId(),
        agent.id(),
        configured.upstreamUrl(),
        configured.upstreamProtocol(),
        configured.proxyProtocol(),
        configured.termination(),
        networks.of(agent.id()));
  }

  ObjectNode connect(AgentConfig config) {
    Row credential = credentials.authenticate(config.authtoken());
    number++;
    return start("agent_" + number, credential, config);
  }

  /** Ends an agent from its own side; false for an unknown id. */
  boolean disconnect(String id) {
    ConnectedAgent agent = agents.remove(id);
    if (agent == null) {
      return false;
    }
    sessions.offline(agent.sessionId());
    endpoints.offline(agent.sessionId());
    sessionEnded.accept(agent.sessionId());
    return true;
  }

  void stopSession(String sessionId) {
    disconnect(bySession(sessionId).id());
  }

  /** A restarted agent logs in anew and gets a new session id (documented). */
  void restartSession(String sessionId) {
    ConnectedAgent agent = bySession(sessionId);
    disconnect(agent.id());
    Row credential = credentials.table.find(agent.credentialId());
    if (credential != null) {
      start(agent.id(), credential, agent.config());
    }
  }

  ObjectNode view() {
    ObjectNode view = Json.object();
    ArrayNode list = view.putArray("agents");
    agents.values().forEach(agent -> list.add(show(agent)));
    return view;
  }

  void reset() {
    agents.clear();
    networks.reset();
  }

  private ObjectNode start(String id, Row credential, AgentConfig config) {
    Row session = sessions.online(credential.id(), config.metadata(), config.remoteManagement());
    Acl acl = Acl.of(credential.fields().path("acl"));
    ArrayNode results = Json.array();
    for (AgentEndpoint wanted : config.endpoints()) {
      ObjectNode result = results.addObject().put("name", wanted.name()).put("url", wanted.url());
      try {
        Row row =
            binding.bind(
                wanted, acl, credential.text("owner_id"), session.id(), account.ids().next("tn"));
        result.put("url", row.text("url")).put("id", row.id());
      } catch (ApiException e) {
        result.put("error_code", e.errorCode()).put("msg", e.getMessage());
      }
    }
    ConnectedAgent agent = new ConnectedAgent(id, credential.id(), session.id(), config, results);
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

  private static ObjectNode show(ConnectedAgent agent) {
    ObjectNode view = Json.object().put("id", agent.id());
    view.put("session_id", agent.sessionId());
    view.put("credential_id", agent.credentialId());
    view.set("endpoints", agent.results());
    return view;
  }
}
