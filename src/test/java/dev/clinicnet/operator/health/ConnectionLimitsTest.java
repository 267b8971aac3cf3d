package dev.clinicnet.operator.health;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What clients may do to a server. It runs in a JVM of its own, which reads the limits anew. */
class ConnectionLimitsTest {
  private static final int PATIENCE_MILLIS = 60_000;
  private static final int MOST_CONNECTIONS = 200;

  private final List<Socket> sockets = new ArrayList<>();
  private Process process;
  private int port;

  /** The server of the other JVM. */
  static final class Server {
    private Server() {}

    public static void main(String... arguments) throws IOException {
      ConnectionLimits.set();
      PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out));
      try (HealthServer server = new HealthServer(0, () -> "", () -> true)) {
        out.println(server.port());
        out.flush();
        // It ends with the test.
        System.in.read();
      }
    }
  }

  @BeforeEach
  void start() throws IOException, URISyntaxException {
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                place(HealthServer.class) + File.pathSeparator + place(Server.class),
                Server.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    port =
        Integer.parseInt(
            new BufferedReader(new InputStreamReader(process.getInputStream(), US_ASCII))
                .readLine());
  }

  @AfterEach
  void stop() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    process.destroyForcibly();
  }

  @Test
  void clientsThatDoNotEndTheirRequestAreCutOffAndOthersAreAnsweredAgain() throws IOException {
    List<Socket> slow = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Socket socket = connect();
      send(socket, "GET /livez HTTP/1.1\r\nHost: ");
      slow.add(socket);
    }

    // There are more of them than threads.
    for (Socket socket : slow) {
      assertThat(isClosed(socket)).isTrue();
    }
    Socket honest = connect();
    send(honest, "GET /livez HTTP/1.1\r\nHost: a\r\n\r\n");
    assertThat(firstLine(honest)).isEqualTo("HTTP/1.1 200 OK");
  }

  @Test
  void moreConnectionsThanTheLimitAreClosed() throws IOException {
    for (int i = 0; i < MOST_CONNECTIONS; i++) {
      connect();
    }

    assertThat(isClosed(connect())).isTrue();
  }

  private static Path place(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    sockets.add(socket);
    return socket;
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(US_ASCII));
  }

  private static String firstLine(Socket socket) throws IOException {
    return new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII)).readLine();
  }

  /** Waits until the server closes the connection. It may send an answer before. */
  private static boolean isClosed(Socket socket) throws IOException {
    try {
      InputStream in = socket.getInputStream();
      in.readAllBytes();
      return true;
    } catch (SocketException e) {
      return e.getMessage().contains("reset");
    }
  }
}
