package dev.clinicnet.simulator;

import com.sun.net.httpserver.HttpServer;
import dev.clinicnet.simulator.edge.Edge;
import dev.clinicnet.simulator.wire.AgentPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An ngrok platform on loopback: its API with the documented rules, agents that connect, and
 * endpoints under {@code /_simulator} to inspect it and to make it fail. Facts about the platform
 * come from ngrok's public documentation and OpenAPI description. If they do not say something, it
 * comes from observed answers.
 */
public final class Simulator implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads;
  private final Faults faults;
  private final AgentAPIs agentAPIs;
  private final Edge edge;
  private final AgentPort agents;

  private Simulator(
      HttpServer server,
      ExecutorService threads,
      Faults faults,
      AgentAPIs agentAPIs,
      Edge edge,
      AgentPort agents) {
    this.server = server;
    this.threads = threads;
    this.faults = faults;
    this.agentAPIs = agentAPIs;
    this.edge = edge;
    this.agents = agents;
  }

  /** The port for agents is taken. */
  static final class AgentPortTaken extends IOException {
    private static final long serialVersionUID = 1L;

    private AgentPortTaken(IOException cause) {
      super(cause);
    }
  }

  /**
   * Starts a simulator on 127.0.0.1.
   *
   * @throws IOException if a port is taken
   */
  public static Simulator start(SimulatorOptions options) throws IOException {
    return start(options, new Account(options));
  }

  /**
   * Starts a simulator on 127.0.0.1, with an account in HIPAA mode, which allows no http endpoint.
   *
   * @throws IOException if the port is taken
   */
  public static Simulator startInHipaaMode(SimulatorOptions options) throws IOException {
    Account account = new Account(options);
    account.beginInHipaaMode();
    return start(options, account);
  }

  private static Simulator start(SimulatorOptions options, Account account) throws IOException {
    // Without this, the JDK's server answers each request of a kept connection 40 ms late.
    if (System.getProperty("sun.net.httpserver.nodelay") == null) {
      System.setProperty("sun.net.httpserver.nodelay", "true");
    }
    Faults faults = new Faults();
    RequestLog log = new RequestLog();
    // The pool is unbounded, because held requests keep their threads and the control endpoints
    // need more.
    ExecutorService threads =
        Executors.newCachedThreadPool(
            work -> {
              Thread thread = new Thread(work, "simulator");
              thread.setDaemon(true);
              return thread;
            });
    Platform platform = new Platform(account, faults, log, threads);
    ApiService api = new ApiService(platform, account);
    HttpServer server =
        HttpServer.create(
            new InetSocketAddress(
                InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), options.port()),
            0);
    Edge edge = Edge.start(new LiveAccount(account, platform));
    platform.agents().onSessionEnd(edge::sessionEnded);
    AgentPort agents;
    try {
      agents =
          AgentPort.open(options.agentPort(), edge.agentTLS(), new ForeignAgents(platform, faults));
    } catch (IOException e) {
      edge.close();
      server.stop(0);
      throw new AgentPortTaken(e);
    }
    ControlService control =
        new ControlService(
            platform,
            account,
            api,
            faults,
            log,
            new TrafficControl(platform, edge, agents.address()));
    server.setExecutor(threads);
    server.createContext("/", new SimulatorHandler(account, api, control, faults, log));
    server.start();
    return new Simulator(server, threads, faults, platform.agentAPIs(), edge, agents);
  }

  /** The port that it listens on. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** The base URL of the API, for example {@code http://127.0.0.1:8090}. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + port());
  }

  /** The address that agents connect to with TLS. */
  public InetSocketAddress agents() {
    return agents.address();
  }

  /** Stops at once. Held or delayed requests end without an answer. */
  @Override
  public void close() {
    server.stop(0);
    agentAPIs.close();
    agents.close();
    edge.close();
    faults.clear();
    threads.shutdownNow();
  }
}
