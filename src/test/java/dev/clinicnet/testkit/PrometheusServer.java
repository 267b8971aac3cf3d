package dev.clinicnet.testkit;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The Prometheus server of the machine's package. It scrapes one operator every second, with the
 * labels that a ServiceMonitor gives its target.
 */
public final class PrometheusServer implements AutoCloseable {
  /** The namespace that the target has, as in {@code deploy/base}. */
  public static final String OPERATOR_NAMESPACE = "clinic-operator";

  private static final Path PROGRAM = Path.of("/usr/bin/prometheus");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final JsonMapper JSON = new JsonMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Process process;
  private final Path directory;
  private final URI url;

  private PrometheusServer(Process process, Path directory, URI url) {
    this.process = process;
    this.directory = directory;
    this.url = url;
  }

  /**
   * Starts it.
   *
   * @param port the port on which the operator serves {@code /metrics}
   * @param rules the groups of rules in YAML, as in a file of rules; empty for none
   */
  public static PrometheusServer scraping(int port, String rules) throws IOException {
    if (!Files.isExecutable(PROGRAM)) {
      throw new IllegalStateException(PROGRAM + " is missing: install the package prometheus");
    }
    Path directory = Files.createTempDirectory("clinic-prometheus");
    Files.writeString(directory.resolve("rules.yml"), rules.isEmpty() ? "groups: []\n" : rules);
    Files.writeString(
        directory.resolve("prometheus.yml"),
        """
        global: {scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s}
        rule_files: [rules.yml]
        scrape_configs:
          - job_name: clinic-operator
            honor_labels: true
            static_configs:
              - targets: ["127.0.0.1:%d"]
                labels: {namespace: %s, service: clinic-operator-metrics, pod: clinic-operator-0}
        """
            .formatted(port, OPERATOR_NAMESPACE));
    int own = freePort();
    Process process =
        new ProcessBuilder(
                PROGRAM.toString(),
                "--config.file=" + directory.resolve("prometheus.yml"),
                "--storage.tsdb.path=" + directory.resolve("data"),
                "--web.listen-address=127.0.0.1:" + own,
                "--log.level=warn")
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("prometheus.log").toFile())
            .start();
    PrometheusServer server =
        new PrometheusServer(process, directory, URI.create("http://127.0.0.1:" + own));
    await().atMost(PATIENCE).until(() -> server.isReadyOrDead());
    return server;
  }

  /**
   * The series that a query returns now: an array of objects with {@code metric} and {@code value}.
   *
   * @throws IllegalArgumentException when Prometheus refuses the query
   */
  public JsonNode query(String expression) {
    String path = "/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8);
    try {
      JsonNode answer = JSON.readTree(get(path).body());
      if (!answer.path("status").asText().equals("success")) {
        throw new IllegalArgumentException(expression + ": " + answer.path("error").asText());
      }
      return answer.path("data").path("result");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      new ProcessBuilder(List.of("rm", "-rf", directory.toString())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private boolean isReadyOrDead() throws IOException {
    if (!process.isAlive()) {
      throw new IllegalStateException(Files.readString(directory.resolve("prometheus.log")));
    }
    try {
      return get("/-/ready").statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private HttpResponse<String> get(String path) throws IOException {
    try {
      return HTTP.send(HttpRequest.newBuilder(url.resolve(path)).build(), BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }
}
