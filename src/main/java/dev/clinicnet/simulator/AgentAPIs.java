package dev.clinicnet.simulator;

import dev.clinicnet.simulator.agentapi.AgentAPI;
import dev.clinicnet.simulator.agentapi.AgentAnswer;
import dev.clinicnet.simulator.agentapi.AgentRequest;
import dev.clinicnet.simulator.agentapi.AgentServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ports on which agents serve their APIs. Requests to all agents are counted under the path
 * {@code /agent-api}, and faults hit them under this path. They have no rate limit.
 */
final class AgentAPIs implements AutoCloseable {
  /** The path that represents {@code /api/} of every agent. */
  static final String PATH = "/agent-api/";

  private static final Logger LOG = LoggerFactory.getLogger(AgentAPIs.class);
  private static final String PREFIX = PATH.substring(0, PATH.length() - 1);
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,6}");

  private final Platform platform;
  private final Faults faults;
  private final RequestLog log;
  private final Executor threads;
  private final Map<String, AgentServer> servers = new ConcurrentHashMap<>();

  AgentAPIs(Platform platform, Faults faults, RequestLog log, Executor threads) {
    this.platform = platform;
    this.faults = faults;
    this.log = log;
    this.threads = threads;
  }

  /**
   * Opens the port of an agent. It stays while the agent restarts.
   *
   * @throws UncheckedIOException if no port is free
   */
  void open(String agent) {
    try {
      servers.put(agent, AgentServer.open(request -> answer(agent, request), threads));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The address of an agent's API; empty if the API is off. */
  Optional<InetSocketAddress> address(String agent) {
    return Optional.ofNullable(servers.get(agent)).map(AgentServer::address);
  }

  void close(String agent) {
    AgentServer server = servers.remove(agent);
    if (server != null) {
      server.close();
    }
  }

  /** Closes all ports. */
  @Override
  public void close() {
    servers.keySet().forEach(this::close);
  }

  private Optional<AgentAnswer> answer(String agent, AgentRequest request)
      throws InterruptedException {
    if (!request.path().isAPI()) {
      return executed(agent, request);
    }
    String path = PREFIX + request.path().below();
    RequestLog.Entry entry = log.started(request.method(), path, PREFIX + request.path().pattern());
    Optional<AgentAnswer> answer =
        faults
            .strike(
                request.method(),
                path,
                () -> executed(agent, request),
                fault -> Optional.of(failure(fault)))
            .flatMap(each -> each);
    answer.ifPresent(each -> log.finished(entry, each.status()));
    return answer;
  }

  /** Empty if the agent has gone meanwhile. */
  private Optional<AgentAnswer> executed(String agent, AgentRequest request) {
    try {
      synchronized (platform) {
        platform.advance();
        return platform.agents().find(agent).map(each -> new AgentAPI(each).answer(request));
      }
    } catch (RuntimeException e) {
      // This is a defect of the simulator, not of its caller. The request is not logged, because it
      // may have secrets.
      LOG.error("the API of an agent failed: {}", e.getClass().getName(), e);
      return Optional.of(
          AgentAnswer.error(500, AgentAnswer.OTHER, "internal error", "see its log"));
    }
  }

  /** A code that is a number is the agent's. Any other code is the platform's. */
  private static AgentAnswer failure(Fault fault) {
    String code = fault.errorCode();
    return code != null && NUMBER.matcher(code).matches()
        ? AgentAnswer.error(fault.status(), Integer.parseInt(code), fault.msg(), fault.msg())
        : AgentAnswer.failed(fault.status(), fault.msg(), fault.msg(), code);
  }
}
