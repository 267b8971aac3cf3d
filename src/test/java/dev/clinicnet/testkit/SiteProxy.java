package dev.clinicnet.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** The HTTP proxy of a site's network. It wants a login, and connects to loopback only. */
public final class SiteProxy implements AutoCloseable {
  private static final String CONNECT = "CONNECT ";
  private static final String LOGIN = "Proxy-Authorization: ";

  private final String login;
  private final ServerSocket entrance;
  private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
  private final List<String> connected = new CopyOnWriteArrayList<>();
  private final List<String> refused = new CopyOnWriteArrayList<>();

  /** A proxy that knows one user. */
  public SiteProxy(String user, String password) {
    byte[] text = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    login = LOGIN + "Basic " + Base64.getEncoder().encodeToString(text);
    try {
      entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start(this::accept);
  }

  /** Its host and port. */
  public String address() {
    return "127.0.0.1:" + entrance.getLocalPort();
  }

  /** The hosts and ports to which it has connected clients. */
  public List<String> connected() {
    return List.copyOf(connected);
  }

  /** The hosts and ports to which it has not, because the login was wrong. */
  public List<String> refused() {
    return List.copyOf(refused);
  }

  @Override
  public void close() {
    close(entrance);
    sockets.forEach(SiteProxy::close);
  }

  private void accept() {
    while (!entrance.isClosed()) {
      try {
        Socket client = entrance.accept();
        sockets.add(client);
        start(() -> serve(client));
      } catch (IOException closed) {
        // The next client is served, unless the proxy was closed.
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      // The client sends nothing more before the answer.
      BufferedReader request =
          new BufferedReader(
              new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
      String first = request.readLine();
      boolean knows = false;
      for (String line = request.readLine();
          line != null && !line.isEmpty();
          line = request.readLine()) {
        knows |= line.equals(login);
      }
      String target = first.substring(CONNECT.length(), first.lastIndexOf(' '));
      if (!knows) {
        refused.add(target);
        answer(client, "407 Proxy Authentication Required");
        return;
      }
      int port = Integer.parseInt(target.substring(target.lastIndexOf(':') + 1));
      try (Socket server = new Socket(InetAddress.getLoopbackAddress(), port)) {
        sockets.add(server);
        connected.add(target);
        answer(client, "200 OK");
        start(() -> carry(server, client));
        carry(client, server);
      }
    } catch (IOException gone) {
      // One side has ended.
    }
  }

  private static void answer(Socket client, String status) throws IOException {
    client
        .getOutputStream()
        .write(("HTTP/1.1 " + status + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
  }

  private static void carry(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException gone) {
      // One side has ended.
    } finally {
      close(from);
      close(to);
    }
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "site-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private static void close(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
