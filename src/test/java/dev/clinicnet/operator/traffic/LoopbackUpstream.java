package dev.clinicnet.operator.traffic;

import dev.clinicnet.simulator.TestAuthority;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A service of the site on loopback, which records what reaches it. */
final class LoopbackUpstream implements AutoCloseable {
  /** The answer, or the greeting. */
  static final String GREETING = "upstream";

  private final List<String> received = new CopyOnWriteArrayList<>();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "upstream");
            thread.setDaemon(true);
            return thread;
          });
  private final ServerSocket server;
  private final Manners manners;

  /** How it treats a connection. */
  private interface Manners {
    void treat(LoopbackUpstream upstream, Socket socket) throws IOException;
  }

  private LoopbackUpstream(ServerSocket server, Manners manners) {
    this.server = server;
    this.manners = manners;
    threads.execute(this::accept);
  }

  /** An upstream that speaks HTTP and answers every request with 200. */
  static LoopbackUpstream http() throws IOException {
    return new LoopbackUpstream(
        new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), LoopbackUpstream::answer);
  }

  /** An upstream that greets, and reads until its client ends. */
  static LoopbackUpstream tcp() throws IOException {
    return tcp(ServerSocketFactory.getDefault());
  }

  /** The same upstream behind TLS. */
  static LoopbackUpstream tls(TestAuthority.Identity identity) throws IOException {
    try {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(null, null);
      keys.setKeyEntry(
          "server", identity.key(), new char[0], new X509Certificate[] {identity.certificate()});
      KeyManagerFactory managers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(keys, new char[0]);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), null, null);
      return tcp(context.getServerSocketFactory());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static LoopbackUpstream tcp(ServerSocketFactory sockets) throws IOException {
    return new LoopbackUpstream(
        sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress()),
        LoopbackUpstream::greet);
  }

  InetSocketAddress address() {
    return (InetSocketAddress) server.getLocalSocketAddress();
  }

  /** The log of arrivals: method and target of requests, or the word {@code connection}. */
  List<String> received() {
    return List.copyOf(received);
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        threads.execute(() -> treat(socket));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void treat(Socket socket) {
    try (socket) {
      manners.treat(this, socket);
    } catch (IOException e) {
      // The client has gone.
    }
  }

  private void answer(Socket socket) throws IOException {
    BufferedReader reader =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    String request = reader.readLine();
    String line = request;
    while (line != null && !line.isEmpty()) {
      line = reader.readLine();
    }
    received.add(request);
    String response =
        "HTTP/1.1 200 OK\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
            .formatted(GREETING.length(), GREETING);
    socket.getOutputStream().write(response.getBytes(StandardCharsets.UTF_8));
  }

  private void greet(Socket socket) throws IOException {
    received.add("connection");
    socket.getOutputStream().write(GREETING.getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
    socket.getInputStream().transferTo(OutputStream.nullOutputStream());
  }

  @Override
  public void close() throws IOException {
    server.close();
    threads.shutdownNow();
  }
}
