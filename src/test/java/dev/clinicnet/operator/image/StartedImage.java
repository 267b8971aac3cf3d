package dev.clinicnet.operator.image;

import static org.awaitility.Awaitility.await;

import dev.clinicnet.testkit.RunningOperator;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The command of the image as a process, told everything by variables, as a pod is. */
final class StartedImage implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration OFTEN = Duration.ofMillis(10);

  private final Process process;
  private final long startNanos;
  private final URI http;
  private final Path log;
  private final HttpClient client = HttpClient.newHttpClient();

  private StartedImage(Process process, long startNanos, URI http, Path log) {
    this.process = process;
    this.startNanos = startNanos;
    this.http = http;
    this.log = log;
  }

  static StartedImage start(
      List<String> command, Path kubeconfig, String namespace, URI ngrok, Path log)
      throws IOException {
    int port = freePort();
    ProcessBuilder builder = new ProcessBuilder(command);
    String path = System.getenv("PATH");
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.putAll(
        Map.of(
            "PATH",
            path,
            "HOSTNAME",
            "clinic-operator-0",
            "NGROK_API_KEY",
            RunningOperator.API_KEY,
            "NGROK_API_URL",
            ngrok.toString(),
            "CLINIC_OPERATOR_KUBECONFIG",
            kubeconfig.toString(),
            "CLINIC_OPERATOR_LEASE_NAMESPACE",
            "clinic-operator",
            "CLINIC_OPERATOR_NAMESPACES",
            namespace,
            "CLINIC_OPERATOR_HTTP_PORT",
            String.valueOf(port),
            // A container's limit, which the JVM takes its sizes from.
            "JAVA_TOOL_OPTIONS",
            "-XX:MaxRAM=512m -XX:+UseSerialGC"));
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    long startNanos = System.nanoTime();
    return new StartedImage(
        builder.start(), startNanos, URI.create("http://127.0.0.1:" + port), log);
  }

  /** Waits until it answers 200 there. */
  Sample until(String path) {
    await()
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(OFTEN)
        .failFast(
            () -> {
              if (!process.isAlive()) {
                throw new IllegalStateException("ended:\n" + output());
              }
            })
        .until(() -> status(path) == 200);
    return sample();
  }

  Sample sample() {
    return Sample.of(process.toHandle(), startNanos);
  }

  /** Stops it like the kubelet, and expects that it stops in order. */
  void stop() {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IllegalStateException("did not stop in order:\n" + output());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private int status(String path) throws InterruptedException {
    try {
      return client
          .send(HttpRequest.newBuilder(http.resolve(path)).build(), BodyHandlers.discarding())
          .statusCode();
    } catch (IOException notYet) {
      return 0;
    }
  }

  private String output() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
