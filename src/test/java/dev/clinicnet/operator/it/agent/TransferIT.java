package dev.clinicnet.operator.it.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinicnet.testkit.AgentKind;
import dev.clinicnet.testkit.NgrokAccount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Much more than the window of a stream passes through an agent on ngrok's Go SDK, while one side
 * ends before the other.
 */
@Timeout(120)
class TransferIT {
  private static final String MACHINE = "192.168.1.101:5432";
  private static final String TCP = "tcp://db.clinic1.internal:5432";
  private static final String TLS = "tls://db.clinic1.internal";
  private static final byte[] MUCH = much();
  private static final int CHUNK = 64 * 1024;
  private static final int PATIENCE_MILLIS = 20_000;

  private final NgrokAccount account = NgrokAccount.open();
  private final ServerSocket upstream;

  TransferIT() throws IOException {
    upstream = new ServerSocket();
    // Otherwise the kernel keeps much of what nobody reads.
    upstream.setReceiveBufferSize(CHUNK);
    upstream.setSoTimeout(PATIENCE_MILLIS);
    upstream.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  @BeforeEach
  void connect() {
    account.play(AgentKind.REAL);
    String token = account.call("POST", "/credentials", "{}").path("token").asText();
    JsonNode agent =
        account.connectAgent(
            """
            version: 3
            agent: {authtoken: "%s"}
            endpoints:
              - {name: db, url: "%s", upstream: {url: "tcp://%s"}}
              - {name: tls, url: "%s", upstream: {url: "tcp://%s"}}
            """
                .formatted(token, TCP, MACHINE, TLS, MACHINE));
    account.upstream(agent, MACHINE, (InetSocketAddress) upstream.getLocalSocketAddress());
  }

  @AfterEach
  void close() throws IOException {
    account.close();
    upstream.close();
  }

  @Test
  void anUpstreamThatAnswersEarlyAndReadsNothingStopsNoOtherConnection() throws Exception {
    try (Socket client = dial(TCP);
        Socket server = upstream.accept()) {
      AtomicInteger sent = new AtomicInteger();
      AtomicInteger before = new AtomicInteger();
      CompletableFuture<Void> sending = send(client, sent);
      await()
          .atMost(Duration.ofSeconds(30))
          .pollInterval(Duration.ofMillis(300))
          .until(() -> before.getAndSet(sent.get()) == sent.get() && sent.get() > 0);
      assertThat(sending).isNotDone();

      server.getOutputStream().write("early answer".getBytes(StandardCharsets.UTF_8));
      server.shutdownOutput();

      assertThat(text(client)).isEqualTo("early answer");
      try (Socket other = dial(TCP);
          Socket itsServer = upstream.accept()) {
        itsServer.setSoTimeout(PATIENCE_MILLIS);
        other.getOutputStream().write('x');
        assertThat(itsServer.getInputStream().read()).isEqualTo('x');
        itsServer.getOutputStream().write('y');
        assertThat(other.getInputStream().read()).isEqualTo('y');
      }
    }
  }

  @Test
  void bothDirectionsCarryMuchAtOnceAndTheClientsEndsFirst() throws Exception {
    try (Socket client = dial(TLS)) {
      byte[] hello = hello();
      client.getOutputStream().write(hello);
      try (Socket server = upstream.accept()) {
        server.setSoTimeout(PATIENCE_MILLIS);
        CompletableFuture<Void> asking = send(client, new AtomicInteger());
        CompletableFuture<Void> answering = send(server, new AtomicInteger());
        CompletableFuture<byte[]> answer =
            CompletableFuture.supplyAsync(() -> read(client, MUCH.length));

        assertThat(read(server, hello.length)).isEqualTo(hello);
        assertThat(read(server, MUCH.length)).isEqualTo(MUCH);
        assertThat(answer.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)).isEqualTo(MUCH);
        asking.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        answering.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);

        client.shutdownOutput();
        assertThat(server.getInputStream().read()).isNegative();
        server.getOutputStream().write('z');
        server.shutdownOutput();
        assertThat(text(client)).isEqualTo("z");
      }
    }
  }

  @Test
  void anUpstreamThatHasEndedItsSideStillGetsALongQuestion() throws Exception {
    try (Socket client = dial(TLS)) {
      byte[] hello = hello();
      client.getOutputStream().write(hello);
      CompletableFuture<Void> asking = send(client, new AtomicInteger());
      try (Socket server = upstream.accept()) {
        server.setSoTimeout(PATIENCE_MILLIS);

        server.getOutputStream().write("early answer".getBytes(StandardCharsets.UTF_8));
        server.shutdownOutput();
        assertThat(text(client)).isEqualTo("early answer");

        assertThat(read(server, hello.length)).isEqualTo(hello);
        assertThat(read(server, MUCH.length)).isEqualTo(MUCH);
        asking.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        client.shutdownOutput();
        assertThat(server.getInputStream().read()).isNegative();
      }
    }
  }

  @Test
  void aClientThatHasEndedItsSideGetsALongAnswer() throws Exception {
    try (Socket client = dial(TLS)) {
      byte[] hello = hello();
      client.getOutputStream().write(hello);
      client.shutdownOutput();
      try (Socket server = upstream.accept()) {
        server.setSoTimeout(PATIENCE_MILLIS);
        assertThat(server.getInputStream().readAllBytes()).isEqualTo(hello);

        CompletableFuture<Void> sending = send(server, new AtomicInteger());

        assertThat(client.getInputStream().readNBytes(MUCH.length)).isEqualTo(MUCH);
        sending.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        server.shutdownOutput();
        assertThat(client.getInputStream().read()).isNegative();
      }
    }
  }

  private Socket dial(String url) throws IOException {
    InetSocketAddress address = account.dial(url);
    Socket client = new Socket(address.getAddress(), address.getPort());
    client.setSoTimeout(PATIENCE_MILLIS);
    return client;
  }

  /**
   * The beginning of TLS, by which the edge finds the endpoint. It carries what follows as it is.
   */
  private static byte[] hello() throws Exception {
    SSLEngine client = SSLContext.getDefault().createSSLEngine("db.clinic1.internal", 443);
    client.setUseClientMode(true);
    ByteBuffer hello = ByteBuffer.allocate(client.getSession().getPacketBufferSize());
    client.wrap(ByteBuffer.allocate(0), hello);
    return Arrays.copyOf(hello.array(), hello.position());
  }

  private static byte[] much() {
    byte[] much = new byte[16 << 20];
    new Random(1).nextBytes(much);
    return much;
  }

  private static byte[] read(Socket socket, int count) {
    try {
      return socket.getInputStream().readNBytes(count);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static CompletableFuture<Void> send(Socket socket, AtomicInteger sent) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            for (int at = 0; at < MUCH.length; at += CHUNK) {
              socket.getOutputStream().write(MUCH, at, CHUNK);
              sent.addAndGet(CHUNK);
            }
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
        });
  }
}
