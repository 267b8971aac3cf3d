package dev.clinicnet.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clinicnet.simulator.agentapi.AgentVersion;
import dev.clinicnet.simulator.agentapi.AllowedHosts;
import dev.clinicnet.simulator.agentapi.EndpointRefused;
import dev.clinicnet.simulator.agentapi.LocalAgent;
import dev.clinicnet.simulator.agentapi.RunningEndpoint;
import dev.clinicnet.simulator.agentapi.WantedEndpoint;
import dev.clinicnet.simulator.edge.Carrier;
import dev.clinicnet.simulator.edge.Upstream;
import dev.clinicnet.simulator.wire.AgentLink;
import dev.clinicnet.simulator.wire.Bind;
import dev.clinicnet.simulator.wire.BoundEndpoint;
import dev.clinicnet.simulator.wire.PatchTunnel;
import dev.clinicnet.simulator.wire.ProxyStart;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An agent with a session and its online endpoints. A simulated agent has first those of its file,
 * and later those that its API has changed; the file stays as it is. An agent outside of the
 * simulator asks for its endpoints on its connection.
 */
final class ConnectedAgent implements LocalAgent {
  private final String id;
  private final Row credential;
  private final String sessionId;
  private final AgentConfig config;
  private final AgentVersion version;
  private final Account account;
  private final Endpoints endpoints;
  private final AgentBinding binding;
  private final AgentLink link;
  private final ArrayNode results = Json.array();
  private final List<Bound> bound = new ArrayList<>();

  /**
   * An endpoint that is online.
   *
   * @param bindId the id by which an agent outside of the simulator knows it; else empty
   */
  private record Bound(AgentEndpoint wanted, boolean inspect, Row row, String bindId) {}

  /**
   * An agent.
   *
   * @param link the connection of an agent outside of the simulator; null for a simulated one
   */
  ConnectedAgent(
      String id,
      Row credential,
      String sessionId,
      AgentConfig config,
      AgentVersion version,
      Account account,
      Endpoints endpoints,
      AgentBinding binding,
      AgentLink link) {
    this.id = id;
    this.credential = credential;
    this.sessionId = sessionId;
    this.config = config;
    this.version = version;
    this.account = account;
    this.endpoints = endpoints;
    this.binding = binding;
    this.link = link;
  }

  String id() {
    return id;
  }

  String credentialId() {
    return credential.id();
  }

  String sessionId() {
    return sessionId;
  }

  AgentConfig config() {
    return config;
  }

  /** The connection of an agent outside of the simulator; empty for a simulated one. */
  Optional<AgentLink> link() {
    return Optional.ofNullable(link);
  }

  /** The result for each endpoint that it has wanted at its start. */
  ArrayNode results() {
    return results;
  }

  /** Brings the endpoints of its file online, each by itself. */
  void startFile() {
    for (AgentEndpoint wanted : config.endpoints()) {
      try {
        bindWithResult(wanted, "");
      } catch (ApiException e) {
        // Its result says so.
      }
    }
  }

  /** Brings an endpoint online for an agent outside of the simulator. */
  BoundEndpoint bind(Bind request) {
    String bindId = request.id().isEmpty() ? account.ids().label(32) : request.id();
    Row row = bindWithResult(AgentEndpoint.of(request), bindId).row();
    return new BoundEndpoint(bindId, row.text("url"), row.text("tunnel"));
  }

  /** Takes an endpoint offline for an agent outside of the simulator. */
  void unbind(String bindId) {
    bound.stream().filter(each -> each.bindId().equals(bindId)).toList().forEach(this::unbind);
  }

  /** Changes an endpoint while it is online. */
  void patch(PatchTunnel request) {
    Row row =
        bound.stream()
            .map(Bound::row)
            .filter(each -> each.text("tunnel").equals(request.tunnelId()))
            .findFirst()
            .orElseThrow(ApiException::notFound);
    if (request.trafficPolicy() != null) {
      binding.checkPolicy(row, request.trafficPolicy());
    }
    if (request.poolingEnabled() != null) {
      binding.checkPooling(row, request.poolingEnabled());
    }
    if (request.trafficPolicy() != null) {
      row.fields().put("traffic_policy", request.trafficPolicy());
    }
    if (request.poolingEnabled() != null) {
      row.fields().put("pooling_enabled", request.poolingEnabled().booleanValue());
    }
    replace(row, "name", request.name());
    replace(row, "description", request.description());
    replace(row, "metadata", request.metadata());
  }

  /** Ends one of its endpoints from outside, and tells it; false for an unknown id. */
  boolean stopEndpoint(String endpoint) {
    for (Bound each : List.copyOf(bound)) {
      if (each.row().id().equals(endpoint)) {
        unbind(each);
        link()
            .ifPresent(
                agent ->
                    agent.stopEndpoint(
                        each.bindId(), "The endpoint was stopped by the platform.", ""));
        return true;
      }
    }
    return false;
  }

  private static void replace(Row row, String field, String value) {
    if (value != null) {
      row.fields().put(field, value);
    }
  }

  private void unbind(Bound each) {
    endpoints.table.remove(each.row().id());
    bound.remove(each);
  }

  private Bound bindWithResult(AgentEndpoint wanted, String bindId) {
    for (int i = results.size() - 1; i >= 0; i--) {
      // An agent outside of the simulator repeats what was refused.
      if (results.get(i).path("name").asText().equals(wanted.name())
          && results.get(i).path("url").asText().equals(wanted.url())) {
        results.remove(i);
      }
    }
    ObjectNode result = results.addObject().put("name", wanted.name()).put("url", wanted.url());
    try {
      Bound next = bind(wanted, true, bindId);
      result.put("url", next.row().text("url")).put("id", next.row().id());
      return next;
    } catch (ApiException e) {
      result.put("error_code", e.errorCode()).put("msg", e.getMessage());
      throw e;
    }
  }

  /** The target of one of its endpoints. */
  Upstream upstream(Row endpoint, Map<String, InetSocketAddress> network) {
    Bound target =
        bound.stream()
            .filter(candidate -> candidate.row().id().equals(endpoint.id()))
            .findFirst()
            .orElseThrow();
    AgentEndpoint wanted = target.wanted();
    return new Upstream(
        sessionId,
        id,
        wanted.upstreamUrl(),
        wanted.upstreamProtocol(),
        wanted.proxyProtocol(),
        wanted.termination(),
        network,
        link().map(agent -> carrier(agent, target)));
  }

  private static Carrier carrier(AgentLink agent, Bound target) {
    String scheme = target.row().text("scheme");
    return (client, encrypted) ->
        agent.connect(ProxyStart.of(target.bindId(), text(client), scheme, encrypted));
  }

  private static String text(InetSocketAddress client) {
    String host = client.getAddress().getHostAddress();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + client.getPort();
  }

  @Override
  public AgentVersion version() {
    return version;
  }

  @Override
  public AllowedHosts hosts() {
    return config.web().hosts();
  }

  @Override
  public boolean keepsRequests() {
    return config.keepsRequests();
  }

  @Override
  public List<RunningEndpoint> running() {
    return bound.stream().map(this::show).toList();
  }

  @Override
  public RunningEndpoint start(WantedEndpoint wanted) throws EndpointRefused {
    AgentEndpoint endpoint = read(wanted);
    try {
      return show(bind(endpoint, wanted.inspect(), ""));
    } catch (ApiException e) {
      throw new EndpointRefused(e.errorCode(), e.getMessage());
    }
  }

  @Override
  public RunningEndpoint replace(RunningEndpoint other, WantedEndpoint wanted)
      throws EndpointRefused {
    AgentEndpoint endpoint = read(wanted);
    Bound present = bound(other);
    // The old endpoint goes first, because an endpoint that is not pooled may be online only once.
    endpoints.table.remove(present.row().id());
    try {
      Bound next = bind(endpoint, wanted.inspect(), "");
      bound.remove(present);
      return show(next);
    } catch (ApiException e) {
      endpoints.table.add(present.row());
      throw new EndpointRefused(e.errorCode(), e.getMessage());
    }
  }

  @Override
  public void stop(RunningEndpoint endpoint) {
    unbind(bound(endpoint));
  }

  private Bound bind(AgentEndpoint wanted, boolean inspect, String bindId) {
    Acl acl = Acl.of(credential.fields().path("acl"));
    String tunnel = account.ids().next("tn");
    Row row = binding.bind(wanted, acl, credential.text("owner_id"), sessionId, tunnel);
    Bound next = new Bound(wanted, inspect, row, bindId);
    bound.add(next);
    return next;
  }

  private Bound bound(RunningEndpoint endpoint) {
    return bound.stream()
        .filter(each -> each.row().id().equals(endpoint.id()))
        .findFirst()
        .orElseThrow();
  }

  private static AgentEndpoint read(WantedEndpoint wanted) {
    return AgentEndpoint.read(wanted.definition(), "").withTrafficPolicy(wanted.trafficPolicy());
  }

  private RunningEndpoint show(Bound each) {
    AgentEndpoint wanted = each.wanted();
    boolean http = each.row().text("scheme").startsWith("http");
    return new RunningEndpoint(
        each.row().id(),
        wanted.name(),
        each.row().text("url"),
        wanted.upstreamUrl(),
        wanted.upstreamProtocol(),
        each.inspect() && http && keepsRequests(),
        wanted.trafficPolicy(),
        wanted.poolingEnabled());
  }
}
