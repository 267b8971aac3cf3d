package dev.clinicnet.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A database of a site that greets with one letter, which identifies its owner. */
public final class OneLetter implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 10_000;

  private final ServerSocket server;

  /** Starts a database. */
  public OneLetter(char letter) {
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread thread = new Thread(() -> greet(letter), "letter-" + letter);
    thread.setDaemon(true);
    thread.start();
  }

  /** The address of the server. */
  public InetSocketAddress address() {
    return (InetSocketAddress) server.getLocalSocketAddress();
  }

  /** The greeting for a client: a letter, or {@code closed}. */
  public static String ask(InetSocketAddress edge) {
    try (Socket socket = new Socket()) {
      socket.connect(edge, PATIENCE_MILLIS);
      socket.setSoTimeout(PATIENCE_MILLIS);
      int letter = socket.getInputStream().read();
      return letter < 0 ? "closed" : String.valueOf((char) letter);
    } catch (IOException e) {
      return "closed";
    }
  }

  private void greet(char letter) {
    while (!server.isClosed()) {
      try (Socket client = server.accept()) {
        client.getOutputStream().write(letter);
        client.getOutputStream().flush();
        client.shutdownOutput();
        client.getInputStream().readAllBytes();
      } catch (IOException clientGone) {
        // The next client is served, unless the server was closed.
      }
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
