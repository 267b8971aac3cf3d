package dev.clinicnet.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clinicnet.simulator.agentapi.AgentVersion;
import dev.clinicnet.simulator.edge.Upstream;
import dev.clinicnet.simulator.wire.AgentLink;
import dev.clinicnet.simulator.wire.Auth;
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
  private final CrashedEndpoints crashed;
  private final AgentAPIs apis;
  private final AgentSessions known;
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
      CrashedEndpoints crashed,
      AgentAPIs apis) {
    this.account = account;
    this.credentials = credentials;
    this.sessions = sessions;
    this.endpoints = endpoints;
    this.binding = binding;
    this.crashed = crashed;
    this.apis = apis;
    this.known = new AgentSessions(account.ids());
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
    String id = nextId();
    if (config.web().address().isPresent()) {
      apis.open(id);
    }
    return start(id, credential, config, version);
  }

  /**
   * Logs in an agent outside of the simulator. It continues its session if it has the cookie of it.
   */
  AgentSessions.Known connect(AgentLink link, String clientId, Auth.Extra extra) {
    Row credential = credentials.authenticate(extra.authtoken());
    AgentSelf self = AgentSelf.of(extra, link.peer());
    AgentSessions.Known session =
        known
            .of(extra.cookie(), clientId, credential.id())
            .map(before -> again(before, self))
            .orElseGet(() -> known.begin(nextId(), sessions.online(credential.id(), self)));
    ConnectedAgent agent =
        new ConnectedAgent(
            session.agentId(),
            credential,
            session.session().id(),
            AgentConfig.unseen(extra.metadata()),
            AgentVersion.CURRENT,
            account,
            endpoints,
            binding,
            link);
    agents.put(agent.id(), agent);
    return session;
  }

  private AgentSessions.Known again(AgentSessions.Known before, AgentSelf self) {
    // The agent may have noticed the end of its connection earlier than the platform.
    find(before.agentId()).ifPresent(this::end);
    crashed.back(before.session().id());
    sessions.again(before.session(), self);
    return before;
  }

  /** The agent of a connection. */
  ConnectedAgent by(AgentLink link) {
    return agents.values().stream()
        .filter(agent -> agent.link().filter(link::equals).isPresent())
        .findFirst()
        .orElseThrow(ApiException::notFound);
  }

  /** The connection of an agent outside of the simulator has ended. */
  void ended(AgentLink link, boolean withoutWord) {
    for (ConnectedAgent agent : List.copyOf(agents.values())) {
      if (agent.link().filter(link::equals).isPresent()) {
        if (withoutWord) {
          keepURLs(agent);
        }
        end(agent);
      }
    }
  }

  private void keepURLs(ConnectedAgent agent) {
    crashed.crashed(
        agent.sessionId(),
        endpoints.rows().all().stream()
            .filter(row -> row.text("tunnel_session").equals(agent.sessionId()))
            .toList());
  }

  CrashedEndpoints crashed() {
    return crashed;
  }

  /** Ends an agent as if its host had lost its power; false for an unknown id. */
  boolean crash(String id) {
    find(id).ifPresent(this::keepURLs);
    return disconnect(id);
  }

  /** Ends one endpoint of an agent; false for unknown ids. */
  boolean stopEndpoint(String id, String endpoint) {
    return find(id).filter(agent -> agent.stopEndpoint(endpoint)).isPresent();
  }

  private String nextId() {
    number++;
    return "agent_" + number;
  }

  /**
   * Ends an agent; false for an unknown id. An agent outside of the simulator loses its connection,
   * and may come back.
   */
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
    agent.link().ifPresent(AgentLink::cut);
    sessions.offline(agent.sessionId());
    endpoints.offline(agent.sessionId());
    sessionEnded.accept(agent.sessionId());
  }

  /** Stops an agent. One outside of the simulator is asked, and ends its connection. */
  void stopSession(String sessionId) {
    ConnectedAgent agent = bySession(sessionId);
    agent.link().ifPresentOrElse(AgentLink::stop, () -> disconnect(agent.id()));
  }

  /**
   * A restarted agent logs in again and gets a new session id (documented). It reads its file
   * again, so changes through its API are gone. One outside of the simulator is asked to do so.
   */
  void restartSession(String sessionId) {
    ConnectedAgent agent = bySession(sessionId);
    agent.link().ifPresentOrElse(AgentLink::restart, () -> restart(agent));
  }

  /** An updated agent restarts. */
  void updateSession(String sessionId) {
    ConnectedAgent agent = bySession(sessionId);
    agent.link().ifPresentOrElse(AgentLink::update, () -> restart(agent));
  }

  /** An agent that is refused now is gone. */
  private void restart(ConnectedAgent agent) {
    end(agent);
    try {
      Row credential = credentials.authenticate(agent.config().authtoken());
      start(agent.id(), credential, agent.config(), agent.version());
    } catch (ApiException e) {
      apis.close(agent.id());
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
    agents.values().forEach(agent -> agent.link().ifPresent(AgentLink::cut));
    agents.clear();
    known.reset();
    crashed.reset();
    networks.reset();
  }

  private ObjectNode start(String id, Row credential, AgentConfig config, AgentVersion version) {
    Row session = sessions.online(credential.id(), AgentSelf.simulated(config, version));
    ConnectedAgent agent =
        new ConnectedAgent(
            id, credential, session.id(), config, version, account, endpoints, binding, null);
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
    view.put("version", sessions.table.get(agent.sessionId()).text("agent_version"));
    view.put("simulated", agent.link().isEmpty());
    apis.address(agent.id()).ifPresent(api -> view.put("api_port", api.getPort()));
    view.put("session_id", agent.sessionId());
    view.put("credential_id", agent.credentialId());
    view.set("endpoints", agent.results());
    return view;
  }
}
