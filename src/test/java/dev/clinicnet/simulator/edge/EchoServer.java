package dev.clinicnet.simulator.edge;

import dev.clinicnet.simulator.TestAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;

/** An upstream that sends a greeting and then repeats all bytes, until its client ends. */
final class EchoServer implements AutoCloseable {
  private final ServerSocket server;
  private final String greeting;
  private final List<Socket> connections = new CopyOnWriteArrayList<>();

  private EchoServer(ServerSocketFactory sockets, String greeting) throws IOException {
    this.server = sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.greeting = greeting;
    start(this::accept);
  }

  static EchoServer start(String greeting) throws IOException {
    return new EchoServer(ServerSocketFactory.getDefault(), greeting);
  }

  static EchoServer secure(TestAuthority.Identity identity, String greeting) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(
        new KeyManager[] {ServerIdentity.read(identity.certificatePEM(), identity.keyPEM())},
        null,
        null);
    return new EchoServer(context.getServerSocketFactory(), greeting);
  }

  InetSocketAddress address() {
    return (InetSocketAddress) server.getLocalSocketAddress();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        connections.add(socket);
        start(() -> echo(socket));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void echo(Socket socket) {
    try (socket) {
      socket.getOutputStream().write(greeting.getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().flush();
      socket.getInputStream().transferTo(socket.getOutputStream());
    } catch (IOException e) {
      // The client has gone.
    }
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "echo");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket each : connections) {
      each.close();
    }
  }
}
