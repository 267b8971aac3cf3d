package dev.clinicnet.operator.agentapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@link AgentApi} over HTTP. It lists the endpoints before it starts one, because agents before
 * 3.29 would start a second one of the same name (documented).
 */
final class OkHttpAgentApi implements AgentApi {
  private static final String ENDPOINTS = "endpoints";
  private static final String TUNNELS = "tunnels";

  private final AgentTransport transport;

  OkHttpAgentApi(AgentTransport transport) {
    this.transport = transport;
  }

  @Override
  public String version() {
    AgentAnswer answer = transport.exchange("GET", new String[] {"status"}, null);
    return require(answer, "tell its status").path("agent_version").asText("");
  }

  @Override
  public List<RunningEndpoint> endpoints() {
    return read(verbs());
  }

  @Override
  public void start(StartedEndpoint endpoint) {
    AgentVerbs verbs = verbs();
    for (RunningEndpoint running : named(verbs, endpoint.name())) {
      if (verbs.isSame(running, endpoint)) {
        return;
      }
      stop(verbs, endpoint.name());
    }
    AgentAnswer answer =
        transport.exchange("POST", new String[] {verbs.resource()}, verbs.body(endpoint));
    if (answer.status() == 400 && !named(verbs(), endpoint.name()).isEmpty()) {
      throw new AgentApiException(
          AgentApiFailure.ALREADY_STARTED,
          "the agent has another endpoint named " + endpoint.name() + " already");
    }
    JsonNode started = require(answer, "start " + endpoint.url());
    if (!verbs.url(started).equals(endpoint.url())) {
      // An agent that does not know a member of the request opens another endpoint.
      stop(verbs, endpoint.name());
      throw new AgentApiException(
          AgentApiFailure.UNSUPPORTED,
          "the agent cannot bind " + endpoint.url() + ": update it to 3.30.0 or newer");
    }
  }

  @Override
  public void stop(String name) {
    AgentVerbs verbs = verbs();
    if (!named(verbs, name).isEmpty()) {
      stop(verbs, name);
    }
  }

  private void stop(AgentVerbs verbs, String name) {
    AgentAnswer answer = transport.exchange("DELETE", new String[] {verbs.resource(), name}, null);
    if (!answer.isAbsent()) {
      require(answer, "stop " + name);
    }
  }

  /** The endpoints that the agent lists, in the form that it knows. */
  private AgentVerbs verbs() {
    AgentAnswer answer = transport.exchange("GET", new String[] {ENDPOINTS}, null);
    if (!answer.isAbsent()) {
      return AgentVerbs.endpoints(require(answer, "list its endpoints"));
    }
    AgentAnswer older = transport.exchange("GET", new String[] {TUNNELS}, null);
    if (older.isAbsent()) {
      throw new AgentApiException(
          AgentApiFailure.UNREACHABLE,
          "no agent's API answers at " + transport.host() + ": is the agent connected?");
    }
    return AgentVerbs.tunnels(require(older, "list its tunnels"));
  }

  private static List<RunningEndpoint> read(AgentVerbs verbs) {
    List<RunningEndpoint> running = new ArrayList<>();
    verbs.listed().forEach(node -> running.add(verbs.read(node)));
    return running;
  }

  private static List<RunningEndpoint> named(AgentVerbs verbs, String name) {
    return read(verbs).stream().filter(running -> running.name().equals(name)).toList();
  }

  private JsonNode require(AgentAnswer answer, String what) {
    if (answer.isSuccess()) {
      return answer.tree();
    }
    throw failure(answer, what);
  }

  private AgentApiException failure(AgentAnswer answer, String what) {
    String agent = "the agent's API at " + transport.host();
    if (answer.platformCode() != null) {
      return new AgentApiException(
          AgentApiFailure.UNREACHABLE,
          answer.platformCode(),
          agent + " cannot be reached: ngrok answered " + answer.platformCode());
    }
    return switch (answer.status()) {
      case 401 ->
          new AgentApiException(
              AgentApiFailure.REFUSED,
              agent + " does not take the password: install the present site kit");
      case 403 ->
          new AgentApiException(
              AgentApiFailure.REFUSED,
              agent + " does not answer under this host: install the present site kit");
      case 400, 404, 415, 501 ->
          new AgentApiException(
              AgentApiFailure.INVALID, "the agent cannot " + what + ": it calls that invalid");
      default -> passedOn(answer, agent, what);
    };
  }

  private static AgentApiException passedOn(AgentAnswer answer, String agent, String what) {
    Optional<String> code = answer.passedOnCode();
    return code.map(
            known ->
                new AgentApiException(
                    AgentVerbs.isTransient(known)
                        ? AgentApiFailure.UNREACHABLE
                        : AgentApiFailure.INVALID,
                    known,
                    "the agent could not " + what + ": ngrok refused it with " + known))
        .orElseGet(
            () ->
                new AgentApiException(
                    AgentApiFailure.UNREACHABLE,
                    agent + " could not " + what + ": it answered " + answer.status()));
  }
}
