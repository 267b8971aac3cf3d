package dev.clinicnet.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clinicnet.simulator.agentapi.AgentVersion;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The control endpoints for agents: they connect, lose their connection, crash and end. */
final class AgentControl {
  private final Platform platform;

  AgentControl(Platform platform) {
    this.platform = platform;
  }

  ApiResponse agents(IncomingRequest request, List<String> parts) {
    Map<String, List<String>> query = Query.parse(request.query());
    synchronized (platform) {
      platform.advance();
      AgentFleet agents = platform.agents();
      return switch (request.method() + " " + parts.size()) {
        case "GET 1" -> ApiResponse.ok(agents.view());
        case "POST 1" -> ApiResponse.created(connect(request, query));
        case "DELETE 2" ->
            ControlService.known(
                query.containsKey("crash")
                    ? agents.crash(parts.get(1))
                    : agents.disconnect(parts.get(1)));
        case "PUT 3" ->
            parts.get(2).equals("upstreams")
                ? ControlService.known(agents.network(parts.get(1), request.object()))
                : ApiResponse.unrouted(request.path());
        case "DELETE 4" ->
            parts.get(2).equals("endpoints")
                ? ControlService.known(agents.stopEndpoint(parts.get(1), parts.get(3)))
                : ApiResponse.unrouted(request.path());
        default -> ApiResponse.unrouted(request.path());
      };
    }
  }

  ApiResponse crashes(IncomingRequest request) {
    if (!request.method().equals("PUT")) {
      return ApiResponse.unrouted(request.path());
    }
    ObjectNode body = BodySpec.strings("hold").read(request.object());
    Duration hold = SimulatorDuration.parse(body.path("hold").asText("0"));
    synchronized (platform) {
      platform.agents().crashed().holdFor(hold);
    }
    return ApiResponse.noContent();
  }

  private ObjectNode connect(IncomingRequest request, Map<String, List<String>> query) {
    List<String> version = query.getOrDefault("version", List.of());
    return platform
        .agents()
        .connect(
            AgentConfig.read(request.body()),
            version.isEmpty() ? AgentVersion.CURRENT : AgentVersion.parse(version.get(0)));
  }
}
