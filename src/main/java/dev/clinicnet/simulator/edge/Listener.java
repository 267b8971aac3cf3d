package dev.clinicnet.simulator.edge;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A port on loopback, and what happens to each connection to it. */
final class Listener {
  private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
  private static final int BACKLOG = 256;

  /** Handles one connection. The connection is closed when this returns. */
  @FunctionalInterface
  interface Service {
    void serve(Wire wire) throws IOException;
  }

  private final ServerSocket server;

  private Listener(ServerSocket server) {
    this.server = server;
  }

  /** Listens on a free port of 127.0.0.1. */
  static Listener open(EdgeParts parts, Service service) throws IOException {
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    Listener listener = new Listener(new ServerSocket(0, BACKLOG, loopback));
    parts.threads().execute(() -> listener.accept(parts, service));
    return listener;
  }

  InetSocketAddress address() {
    return (InetSocketAddress) server.getLocalSocketAddress();
  }

  void close() {
    try {
      server.close();
    } catch (IOException e) {
      LOG.debug("a listener did not close: {}", e.getMessage());
    }
  }

  private void accept(EdgeParts parts, Service service) {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        parts.connections().add(socket);
        parts.threads().execute(() -> serve(parts, service, socket));
      } catch (IOException | RejectedExecutionException e) {
        // The listener is closed, or the client has gone at once.
        LOG.trace("no connection accepted", e);
      }
    }
  }

  private static void serve(EdgeParts parts, Service service, Socket socket) {
    try (socket) {
      service.serve(Wire.of(socket));
    } catch (IOException e) {
      LOG.debug("a connection has ended: {}", e.getMessage());
    } catch (RuntimeException e) {
      LOG.warn("a connection has failed", e);
    } finally {
      parts.connections().remove(socket);
    }
  }
}
