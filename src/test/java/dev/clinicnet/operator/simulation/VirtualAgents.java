package dev.clinicnet.operator.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clinicnet.operator.ngrok.Failure;
import dev.clinicnet.operator.ngrok.NgrokException;
import dev.clinicnet.operator.ngrok.WriteGuard;
import dev.clinicnet.operator.plan.AgentNote;
import dev.clinicnet.operator.plan.AgentPort;
import dev.clinicnet.operator.plan.AgentTarget;
import dev.clinicnet.operator.plan.Step;
import dev.clinicnet.simulator.agentapi.AgentAnswer;

/**
 * The agents' own APIs, asked at their machines. The way to them, through the edge with a client
 * certificate, is left out: a connected agent is reached while its public endpoint exists.
 */
final class VirtualAgents implements AgentPort {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final World world;
  private final WriteGuard guard;

  VirtualAgents(World world, WriteGuard guard) {
    this.world = world;
    this.guard = guard;
  }

  @Override
  public void start(Step.StartAgentEndpoint step) {
    ObjectNode wanted = JSON.createObjectNode();
    wanted.put("name", step.name()).put("url", step.url());
    ObjectNode upstream = wanted.putObject("upstream").put("url", step.upstreamURL());
    if (step.upstreamProtocol() != null) {
      upstream.put("protocol", step.upstreamProtocol());
    }
    wanted.put("metadata", AgentNote.metadata(step.fingerprint()));
    if (isThere(step.agent(), step.name())) {
      return;
    }
    ask(step.agent(), "POST", "/api/endpoints", wanted.toString());
  }

  @Override
  public void stop(Step.StopAgentEndpoint step) {
    if (isThere(step.agent(), step.name())) {
      ask(step.agent(), "DELETE", "/api/endpoints/" + step.name(), "");
    }
  }

  private boolean isThere(AgentTarget agent, String name) {
    JsonNode running = ask(agent, "GET", "/api/endpoints", "").path("endpoints");
    for (JsonNode endpoint : running) {
      if (endpoint.path("name").asText().equals(name)) {
        return true;
      }
    }
    return false;
  }

  private JsonNode ask(AgentTarget target, String method, String path, String body) {
    guard.check();
    AgentAnswer answer =
        world.crossAgent(
            "agent " + method + " " + path,
            () ->
                world
                    .site()
                    .agentAt(target)
                    .flatMap(agent -> world.platform().callAgent(agent, method, path, body)));
    if (answer.status() >= 300) {
      Failure failure = answer.status() >= 500 ? Failure.UNAVAILABLE : Failure.INVALID;
      throw new NgrokException(failure, null, "the agent answered " + answer.status(), null);
    }
    return answer.body() == null ? JSON.createObjectNode() : answer.body();
  }
}
