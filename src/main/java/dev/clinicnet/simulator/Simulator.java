package dev.clinicnet.simulator;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An ngrok platform on loopback: its API with the documented rules, agents that connect, and
 * endpoints under {@code /_simulator} to inspect it and to make it fail. Facts about the platform
 * come from ngrok's public documentation and OpenAPI description. If they do not say something, it
 * comes from observed answers.
 */
public final class Simulator implements AutoCloseable {
  /** The name of the account that is always there. */
  static final String DEFAULT = "default";

  private final HttpServer server;
  private final ExecutorService threads;
  private final Map<String, SimulatedAccount> accounts;

  private Simulator(
      HttpServer server, ExecutorService threads, Map<String, SimulatedAccount> accounts) {
    this.server = server;
    this.threads = threads;
    this.accounts = accounts;
  }

  /** The port for agents is taken. */
  static final class AgentPortTaken extends IOException {
    private static final long serialVersionUID = 1L;

    AgentPortTaken(IOException cause) {
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
    // The pool is unbounded, because held requests keep their threads and the control endpoints
    // need more.
    ExecutorService threads =
        Executors.newCachedThreadPool(
            work -> {
              Thread thread = new Thread(work, "simulator");
              thread.setDaemon(true);
              return thread;
            });
    HttpServer server =
        HttpServer.create(
            new InetSocketAddress(
                InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), options.port()),
            0);
    Map<String, SimulatedAccount> accounts = new LinkedHashMap<>();
    List<ForeignAgents> foreign = new CopyOnWriteArrayList<>();
    try {
      accounts.put(DEFAULT, SimulatedAccount.open(account, options.agentPort(), foreign, threads));
      for (Map.Entry<String, String> further : options.accounts().entrySet()) {
        Account other = new Account(options.withApiKey(further.getValue()));
        accounts.put(further.getKey(), SimulatedAccount.open(other, 0, foreign, threads));
      }
    } catch (IOException e) {
      accounts.values().forEach(SimulatedAccount::close);
      server.stop(0);
      throw e;
    }
    List<Account> all = accounts.values().stream().map(SimulatedAccount::account).toList();
    all.forEach(one -> one.among(all));
    server.setExecutor(threads);
    server.createContext("/", new SimulatorHandler(accounts));
    server.start();
    return new Simulator(server, threads, accounts);
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
    return accounts.get(DEFAULT).agents().address();
  }

  /** Stops at once. Held or delayed requests end without an answer. */
  @Override
  public void close() {
    server.stop(0);
    accounts.values().forEach(SimulatedAccount::close);
    threads.shutdownNow();
  }
}
