package dev.clinicnet.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;

/** A database at a site that greets every client, and clients that try to reach it. */
public final class LoopbackDatabase implements AutoCloseable {
  /** The text that a client reads from the database. */
  public static final int HELLO = 'R';

  /** The result for a client whose connection was closed. */
  public static final int CLOSED = -1;

  private static final String UPSTREAM = "10.0.0.2:5432";

  private final NgrokAccount account;
  private final ServerSocket socket;

  public LoopbackDatabase(NgrokAccount account) throws IOException {
    this.account = account;
    socket = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    Thread answering = new Thread(this::answer, "database");
    answering.setDaemon(true);
    answering.start();
  }

  /** The manifest of a service in front of it, with further lines of its spec in flow style. */
  public static String service(String name, String clinic, String... spec) {
    return Site.service(name, clinic, "tcp://" + UPSTREAM, spec);
  }

  /** Makes an agent forward connections to it. */
  public void behind(JsonNode agent) {
    account.upstream(
        agent,
        UPSTREAM,
        new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort()));
  }

  /** The first byte that a client from an address reads; {@link #CLOSED} when it is refused. */
  public int connect(String url, String from) throws IOException {
    InetSocketAddress address = account.edge(url, from);
    try (Socket client = new Socket(address.getAddress(), address.getPort())) {
      client.setSoTimeout((int) Duration.ofSeconds(20).toMillis());
      return client.getInputStream().read();
    }
  }

  private void answer() {
    while (!socket.isClosed()) {
      try (Socket client = socket.accept()) {
        client.getOutputStream().write(HELLO);
      } catch (IOException ended) {
        return;
      }
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
