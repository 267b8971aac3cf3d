package dev.clinicnet.simulator.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The port on 127.0.0.1 to which agents connect with TLS. */
public final class AgentPort implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AgentPort.class);
  private static final int BACKLOG = 1024;

  /** Milliseconds that an agent may take for the TLS handshake. */
  private static final int HANDSHAKE = 10_000;

  private final ServerSocket server;
  private final SSLContext tls;
  private final AgentPlatform platform;
  private final ExecutorService threads;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  private AgentPort(ServerSocket server, SSLContext tls, AgentPlatform platform) {
    this.server = server;
    this.tls = tls;
    this.platform = platform;
    this.threads =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "agent-port");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Starts to listen.
   *
   * @param port 0 for any free one
   * @param tls shows the certificate for localhost and 127.0.0.1
   * @throws IOException if the port is taken
   */
  public static AgentPort open(int port, SSLContext tls, AgentPlatform platform)
      throws IOException {
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    AgentPort opened = new AgentPort(new ServerSocket(port, BACKLOG, loopback), tls, platform);
    opened.threads.execute(opened::accept);
    return opened;
  }

  /** The address that agents connect to. */
  public InetSocketAddress address() {
    return (InetSocketAddress) server.getLocalSocketAddress();
  }

  /** Stops at once, and cuts every connection. */
  @Override
  public void close() {
    close(server);
    open.forEach(AgentPort::close);
    threads.shutdownNow();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        open.add(socket);
        threads.execute(() -> serve(socket));
      } catch (IOException | RejectedExecutionException e) {
        LOG.trace("no agent accepted", e);
      }
    }
  }

  private void serve(Socket raw) {
    try {
      raw.setTcpNoDelay(true);
      raw.setSoTimeout(HANDSHAKE);
      SSLSocket secure = (SSLSocket) tls.getSocketFactory().createSocket(raw, null, false);
      secure.setUseClientMode(false);
      secure.setEnabledProtocols(new String[] {"TLSv1.2", "TLSv1.3"});
      secure.startHandshake();
      raw.setSoTimeout(0);
      new AgentLink(raw, secure, platform, threads).run();
    } catch (IOException e) {
      LOG.debug("an agent's connection has failed: {}", e.getMessage());
    } finally {
      open.remove(raw);
      close(raw);
    }
  }

  private static void close(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception e) {
      LOG.trace("closed already", e);
    }
  }
}
