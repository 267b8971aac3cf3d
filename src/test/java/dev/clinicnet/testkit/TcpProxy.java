package dev.clinicnet.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A cable between one process and a server on loopback. It can be cut: then no byte passes, and
 * neither side gets an error. It also records the HTTP requests of its user, even while it is cut.
 */
public final class TcpProxy implements AutoCloseable {
  private static final Pattern REQUEST =
      Pattern.compile("\\A(GET|POST|PUT|PATCH|DELETE) (\\S+) HTTP/1.1\r\n");

  /** A request as it left the process. */
  public record Sent(Instant at, String method, String path) {
    boolean writes() {
      return !method.equals("GET");
    }
  }

  private final URI server;
  private final ServerSocket entrance;
  private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
  private final List<Sent> sent = new CopyOnWriteArrayList<>();
  private boolean cut;

  private TcpProxy(URI server) throws IOException {
    this.server = server;
    this.entrance = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
  }

  /** A cable to a server. */
  public static TcpProxy to(URI server) {
    try {
      TcpProxy proxy = new TcpProxy(server);
      start(proxy::accept);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The URL for its user. */
  public URI url() {
    return URI.create(server.getScheme() + "://127.0.0.1:" + entrance.getLocalPort());
  }

  /** Lets nothing through in either direction; connections stay open, and new ones hang. */
  public synchronized void cut() {
    cut = true;
  }

  /** Lets everything pass again, including what has waited. */
  public synchronized void mend() {
    cut = false;
    notifyAll();
  }

  /** Ends all connections, so that its user must connect again. */
  public void reset() {
    sockets.forEach(TcpProxy::close);
    sockets.clear();
  }

  /** The requests of its user, in order. */
  public List<Sent> sent() {
    return List.copyOf(sent);
  }

  @Override
  public void close() {
    close(entrance);
    sockets.forEach(TcpProxy::close);
    mend();
  }

  private void accept() {
    try {
      while (true) {
        Socket user = entrance.accept();
        sockets.add(user);
        start(() -> connect(user));
      }
    } catch (IOException closed) {
      // The caller that closed it knows.
    }
  }

  private void connect(Socket user) {
    try {
      awaitMended();
      Socket target = new Socket(server.getHost(), server.getPort());
      sockets.add(target);
      start(() -> pump(target, user, false));
      pump(user, target, true);
    } catch (IOException refused) {
      close(user);
    }
  }

  private void pump(Socket from, Socket to, boolean requests) {
    byte[] buffer = new byte[64 * 1024];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        if (requests) {
          note(new String(buffer, 0, read, StandardCharsets.ISO_8859_1));
        }
        awaitMended();
        out.write(buffer, 0, read);
      }
    } catch (IOException closed) {
      // The other direction closes, too.
    }
  }

  /** A client writes a request, and the next one only after the answer. */
  private void note(String bytes) {
    Matcher request = REQUEST.matcher(bytes);
    if (request.find()) {
      sent.add(new Sent(Instant.now(), request.group(1), request.group(2)));
    }
  }

  private synchronized void awaitMended() {
    try {
      while (cut) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private static void close(AutoCloseable socket) {
    try {
      socket.close();
    } catch (Exception alreadyClosed) {
      // Nothing else is needed.
    }
  }
}
