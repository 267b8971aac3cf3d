package dev.clinicnet.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clinicnet.simulator.agentapi.AgentVersion;
import dev.clinicnet.simulator.agentapi.AllowedHosts;
import dev.clinicnet.simulator.agentapi.EndpointRefused;
import dev.clinicnet.simulator.agentapi.LocalAgent;
import dev.clinicnet.simulator.agentapi.RunningEndpoint;
import dev.clinicnet.simulator.agentapi.WantedEndpoint;
import dev.clinicnet.simulator.edge.Upstream;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An agent with a session and its online endpoints: first those of its file, later those that its
 * API has changed. The file stays as it is.
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
  private final ArrayNode results = Json.array();
  private final List<Bound> bound = new ArrayList<>();

  private record Bound(AgentEndpoint wanted, boolean inspect, Row row) {}

  ConnectedAgent(
      String id,
      Row credential,
      String sessionId,
      AgentConfig config,
      AgentVersion version,
      Account account,
      Endpoints endpoints,
      AgentBinding binding) {
    this.id = id;
    this.credential = credential;
    this.sessionId = sessionId;
    this.config = config;
    this.version = version;
    this.account = account;
    this.endpoints = endpoints;
    this.binding = binding;
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

  /** The result for each endpoint of its file. */
  ArrayNode results() {
    return results;
  }

  /** Brings the endpoints of its file online, each by itself. */
  void startFile() {
    for (AgentEndpoint wanted : config.endpoints()) {
      ObjectNode result = results.addObject().put("name", wanted.name()).put("url", wanted.url());
      try {
        Row row = bind(wanted, true).row();
        result.put("url", row.text("url")).put("id", row.id());
      } catch (ApiException e) {
        result.put("error_code", e.errorCode()).put("msg", e.getMessage());
      }
    }
  }

  /** The target of one of its endpoints. */
  Upstream upstream(Row endpoint, Map<String, InetSocketAddress> network) {
    AgentEndpoint wanted =
        bound.stream()
            .filter(candidate -> candidate.row().id().equals(endpoint.id()))
            .findFirst()
            .orElseThrow()
            .wanted();
    return new Upstream(
        sessionId,
        id,
        wanted.upstreamUrl(),
        wanted.upstreamProtocol(),
        wanted.proxyProtocol(),
        wanted.termination(),
        network);
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
      return show(bind(endpoint, wanted.inspect()));
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
      Bound next = bind(endpoint, wanted.inspect());
      bound.remove(present);
      return show(next);
    } catch (ApiException e) {
      endpoints.table.add(present.row());
      throw new EndpointRefused(e.errorCode(), e.getMessage());
    }
  }

  @Override
  public void stop(RunningEndpoint endpoint) {
    Bound present = bound(endpoint);
    endpoints.table.remove(present.row().id());
    bound.remove(present);
  }

  private Bound bind(AgentEndpoint wanted, boolean inspect) {
    Acl acl = Acl.of(credential.fields().path("acl"));
    String tunnel = account.ids().next("tn");
    Row row = binding.bind(wanted, acl, credential.text("owner_id"), sessionId, tunnel);
    Bound next = new Bound(wanted, inspect, row);
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
