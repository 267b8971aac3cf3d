package dev.clinicnet.operator.traffic;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
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
  /** What it answers, or says first. */
  static final String GREETING = "upstream";

  private final List<String> received = new CopyOnWriteArrayList<>();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "upstream");
            thread.setDaemon(true);
            return thread;
          });
  private final InetSocketAddress address;
  private final Stop stop;

  private interface Stop {
    void stop() throws IOException;
  }

  private LoopbackUpstream(HttpServer server) {
    address = server.getAddress();
    stop = () -> server.stop(0);
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  private LoopbackUpstream(ServerSocket server) {
    address = (InetSocketAddress) server.getLocalSocketAddress();
    stop = server::close;
    threads.execute(() -> accept(server));
  }

  /** One that speaks HTTP and answers everything with 200. */
  static LoopbackUpstream http() throws IOException {
    return new LoopbackUpstream(
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
  }

  /** One that greets, and hears its client out. */
  static LoopbackUpstream tcp() throws IOException {
    return tcp(ServerSocketFactory.getDefault());
  }

  /** The same behind TLS. */
  static LoopbackUpstream tls(Authority.Identity identity) throws IOException {
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
        sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress()));
  }

  InetSocketAddress address() {
    return address;
  }

  /** What has reached it: method and target of requests, the word {@code connection}. */
  List<String> received() {
    return List.copyOf(received);
  }

  private void answer(HttpExchange exchange) throws IOException {
    received.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
    exchange.getRequestBody().readAllBytes();
    byte[] body = GREETING.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private void accept(ServerSocket server) {
    try {
      while (true) {
        Socket socket = server.accept();
        threads.execute(() -> greet(socket));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void greet(Socket socket) {
    try (socket) {
      received.add("connection");
      socket.getOutputStream().write(GREETING.getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().flush();
      socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // Nobody is there.
    }
  }

  @Override
  public void close() throws IOException {
    stop.stop();
    threads.shutdownNow();
  }
}
