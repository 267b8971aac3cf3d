package dev.clinicnet.demo;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.okhttp.OkHttpClientFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A running kube-controller-manager with the two controllers that deletion depends on: the one that
 * empties a terminating namespace, and the garbage collector of owned objects.
 */
final class KubernetesControllers implements AutoCloseable {

  private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

  private final Process process;

  private KubernetesControllers(Process process) {
    this.process = process;
  }

  /**
   * Starts the program and waits until it is healthy.
   *
   * @param directory the API server's own, with its certificate; log and output go there too
   */
  static KubernetesControllers start(Path program, Path directory, Path kubeconfig) {
    Path log = directory.resolve("kube-controller-manager.log");
    Path certificate = directory.resolve("apiserver.crt");
    int port = freePort();
    List<String> command =
        List.of(
            program.toString(),
            "--kubeconfig=" + kubeconfig,
            "--controllers=garbage-collector-controller,namespace-controller,"
                + "resourcequota-controller",
            "--leader-elect=false",
            "--bind-address=127.0.0.1",
            "--secure-port=" + port,
            // The API server's own certificate, so that the health check below can trust it.
            "--tls-cert-file=" + certificate,
            "--tls-private-key-file=" + directory.resolve("apiserver.key"));
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      KubernetesControllers controllers = new KubernetesControllers(process);
      try {
        controllers.awaitHealth(port, certificate, log);
      } catch (IOException | RuntimeException e) {
        controllers.close();
        throw e;
      }
      return controllers;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitHealth(int port, Path certificate, Path log) throws IOException {
    Config health =
        new ConfigBuilder(Config.empty())
            .withMasterUrl("https://127.0.0.1:" + port)
            .withCaCertFile(certificate.toString())
            .withRequestRetryBackoffLimit(0)
            .build();
    Instant deadline = Instant.now().plus(START_TIMEOUT);
    try (KubernetesClient client =
        new KubernetesClientBuilder()
            .withHttpClientFactory(new OkHttpClientFactory())
            .withConfig(health)
            .build()) {
      while (!isHealthy(client)) {
        if (!process.isAlive() || Instant.now().isAfter(deadline)) {
          throw new IllegalStateException(
              "kube-controller-manager did not start. Its output:\n" + Files.readString(log));
        }
        TimeUnit.MILLISECONDS.sleep(100);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while kube-controller-manager started", e);
    }
  }

  private static boolean isHealthy(KubernetesClient client) {
    try {
      return "ok".equals(client.raw("/healthz"));
    } catch (KubernetesClientException notYet) {
      return false;
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
