package dev.clinicnet.simulator.agentapi;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Answers requests to the API of an agent (agent/api). It needs no password; only the Host header
 * is checked.
 */
public final class AgentAPI {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private final LocalAgent agent;

  /** The API of one agent. */
  public AgentAPI(LocalAgent agent) {
    this.agent = agent;
  }

  /** Answers a request. */
  public AgentAnswer answer(AgentRequest request) {
    if (!agent.hosts().admits(request.hosts())) {
      return AgentAnswer.error(
          403,
          AgentAnswer.OTHER,
          "host not allowed",
          "the Host %s is neither localhost-like nor in web_allow_hosts"
              .formatted(request.hosts()));
    }
    if (!request.path().isAPI()) {
      return AgentAnswer.notFound("the simulator has no web interface");
    }
    try {
      return routed(request);
    } catch (Refusal e) {
      return e.answer();
    } catch (IllegalArgumentException e) {
      return AgentAnswer.malformed(e.getMessage());
    } catch (EndpointRefused e) {
      return AgentAnswer.refused(e);
    }
  }

  private AgentAnswer routed(AgentRequest request) throws EndpointRefused {
    String pattern = request.path().pattern();
    boolean old = !agent.version().knowsEndpoints() && pattern.startsWith("/endpoints");
    boolean older = !agent.version().tellsStatus() && pattern.equals("/status");
    if (old || older) {
      return unrouted(request);
    }
    return switch (request.method() + " " + pattern) {
      case "GET /status" -> AgentAnswer.ok(Bodies.status(agent.version()));
      case "GET /endpoints" -> AgentAnswer.ok(Bodies.endpoints(agent.running()));
      case "POST /endpoints" -> create(request);
      case "GET /endpoints/{id}" ->
          find(request).map(each -> AgentAnswer.ok(Bodies.endpoint(each))).orElse(absent(request));
      case "PUT /endpoints/{id}" -> put(request);
      case "DELETE /endpoints/{id}", "DELETE /tunnels/{id}" -> stop(request);
      case "GET /tunnels" -> AgentAnswer.ok(Bodies.tunnels(agent.running()));
      case "POST /tunnels" -> createTunnel(request);
      case "GET /tunnels/{id}" ->
          find(request).map(each -> AgentAnswer.ok(Bodies.tunnel(each))).orElse(absent(request));
      case "GET /requests/http" ->
          agent.keepsRequests()
              ? AgentAnswer.unmodelled("captured requests; set inspect_db_size to -1")
              : AgentAnswer.ok(Bodies.requests());
      case "GET /requests/http/{id}" -> absent(request);
      case "POST /requests/http" -> AgentAnswer.unmodelled("the replay of requests");
      case "DELETE /requests/http" -> AgentAnswer.noContent();
      default -> unrouted(request);
    };
  }

  private AgentAnswer create(AgentRequest request) throws EndpointRefused {
    WantedEndpoint wanted = EndpointForm.read(object(request));
    requireFree(wanted.name());
    return AgentAnswer.created(Bodies.endpoint(agent.start(wanted)));
  }

  private AgentAnswer createTunnel(AgentRequest request) throws EndpointRefused {
    WantedEndpoint wanted = TunnelForm.read(object(request));
    requireFree(wanted.name());
    return AgentAnswer.created(Bodies.tunnel(agent.start(wanted)));
  }

  private AgentAnswer put(AgentRequest request) throws EndpointRefused {
    String name = request.path().name();
    ObjectNode body = object(request);
    if (!body.path("name").asText(name).equals(name)) {
      throw new IllegalArgumentException("'name' is not that of the path");
    }
    WantedEndpoint wanted = EndpointForm.read(body.put("name", name));
    Optional<RunningEndpoint> present = find(request);
    return present.isPresent()
        ? AgentAnswer.ok(Bodies.endpoint(agent.replace(present.get(), wanted)))
        : AgentAnswer.created(Bodies.endpoint(agent.start(wanted)));
  }

  private AgentAnswer stop(AgentRequest request) {
    Optional<RunningEndpoint> present = find(request);
    present.ifPresent(agent::stop);
    return present.isPresent() ? AgentAnswer.noContent() : absent(request);
  }

  /** The latest endpoint of that name. An old agent allows several of the same name. */
  private Optional<RunningEndpoint> find(AgentRequest request) {
    return named(request.path().name());
  }

  private Optional<RunningEndpoint> named(String name) {
    List<RunningEndpoint> found =
        agent.running().stream().filter(each -> each.name().equals(name)).toList();
    return found.isEmpty() ? Optional.empty() : Optional.of(found.get(found.size() - 1));
  }

  private void requireFree(String name) {
    if (agent.version().refusesTakenNames() && named(name).isPresent()) {
      // The text is that of the agent (observed).
      throw new IllegalArgumentException("tunnel \"%s\" already exists".formatted(name));
    }
  }

  private static ObjectNode object(AgentRequest request) {
    String media = request.contentType().split(";", -1)[0].strip().toLowerCase(Locale.ROOT);
    if (!media.equals("application/json")) {
      throw new Refusal(
          AgentAnswer.error(
              415,
              AgentAnswer.OTHER,
              "unsupported content type",
              "the Content-Type must be application/json"));
    }
    try {
      if (!request.tooLarge() && JSON.readTree(request.body()) instanceof ObjectNode object) {
        return object;
      }
    } catch (IOException e) {
      // The refusal is the same as for JSON that is not an object. The parser's message would quote
      // the text.
    }
    throw new IllegalArgumentException("the body must be a JSON object of at most 1 MiB");
  }

  private static AgentAnswer absent(AgentRequest request) {
    return AgentAnswer.notFound("there is no \"%s\"".formatted(request.path().name()));
  }

  private static AgentAnswer unrouted(AgentRequest request) {
    return AgentAnswer.notFound("%s %s is unknown".formatted(request.method(), request.path()));
  }
}
