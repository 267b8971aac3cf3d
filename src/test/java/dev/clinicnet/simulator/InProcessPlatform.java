package dev.clinicnet.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clinicnet.simulator.agentapi.AgentAPI;
import dev.clinicnet.simulator.agentapi.AgentAnswer;
import dev.clinicnet.simulator.agentapi.AgentPaths;
import dev.clinicnet.simulator.agentapi.AgentRequest;
import dev.clinicnet.simulator.agentapi.AgentVersion;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;

/**
 * The simulated platform without sockets and threads: a test asks it in its own thread. Requests,
 * rules, agents and limits are those of the {@link Simulator}.
 */
public final class InProcessPlatform implements AutoCloseable {
  private final Account account;
  private final Platform platform;
  private final ApiService api;

  /** An answer of the API. */
  public record Answer(int status, String body) {}

  /**
   * An empty account.
   *
   * @param random the source of ids and tokens
   */
  public InProcessPlatform(SimulatorOptions options, Random random) {
    account = new Account(options, random);
    platform = new Platform(account, new Faults(), new RequestLog(options.clock()), Runnable::run);
    api = new ApiService(platform, account);
  }

  /**
   * Answers one request to the API.
   *
   * @param query null for none
   * @param header the value of a header; null if it is absent
   */
  public Answer answer(
      String method,
      String path,
      String query,
      UnaryOperator<String> header,
      String body,
      String base) {
    return written(api.answer(new IncomingRequest(method, path, query, header, body, false, base)));
  }

  /** The answer of a fault. */
  public Answer failure(int status, String code) {
    return written(
        ApiResponse.error(status, code, "Injected by the simulation.", account.ids().next("op")));
  }

  private static Answer written(ApiResponse response) {
    return new Answer(response.status(), new String(response.bytes(), StandardCharsets.UTF_8));
  }

  /** All objects of a resource, as the platform shows them. */
  public List<JsonNode> all(String resource) {
    platform.advance();
    List<JsonNode> rows = new ArrayList<>();
    platform.all(resource, "http://127.0.0.1").forEach(rows::add);
    return rows;
  }

  /** The value of a secret, which the API never shows; empty if it is not there. */
  public Optional<String> secret(String vault, String name) {
    return platform.secrets().value(vault, name);
  }

  /**
   * Connects an agent, and returns its id; empty if its authtoken is refused.
   *
   * @param file its configuration file
   */
  public Optional<String> connect(String file) {
    platform.advance();
    try {
      ObjectNode agent = platform.agents().connect(AgentConfig.read(file), AgentVersion.CURRENT);
      return Optional.of(agent.path("id").asText());
    } catch (ApiException refused) {
      return Optional.empty();
    }
  }

  /** Disconnects an agent, if it is still connected. */
  public void disconnect(String agent) {
    platform.agents().disconnect(agent);
  }

  /** The id of the credential of an authtoken; empty if it is not valid. */
  public Optional<String> credentialOf(String token) {
    AgentConfig file =
        AgentConfig.read("{version: 3, agent: {authtoken: \"%s\"}}".formatted(token));
    return connect(file);
  }

  private Optional<String> connect(AgentConfig file) {
    try {
      ObjectNode agent = platform.agents().connect(file, AgentVersion.CURRENT);
      platform.agents().disconnect(agent.path("id").asText());
      return Optional.of(agent.path("credential_id").asText());
    } catch (ApiException refused) {
      return Optional.empty();
    }
  }

  /** The ids of the connected agents that use a credential. */
  public List<String> agentsOf(String credential) {
    List<String> ids = new ArrayList<>();
    for (JsonNode agent : platform.agents().view().path("agents")) {
      if (agent.path("credential_id").asText().equals(credential)) {
        ids.add(agent.path("id").asText());
      }
    }
    return ids;
  }

  /** The answer of an agent's own API to a request from its machine; empty if it is not there. */
  public Optional<AgentAnswer> callAgent(String agent, String method, String path, String body) {
    platform.advance();
    return platform
        .agents()
        .find(agent)
        .map(
            connected ->
                new AgentAPI(connected)
                    .answer(
                        new AgentRequest(
                            method,
                            AgentPaths.of(path),
                            List.of("localhost"),
                            "application/json",
                            body,
                            false)));
  }

  @Override
  public void close() {
    platform.agentAPIs().close();
  }
}
