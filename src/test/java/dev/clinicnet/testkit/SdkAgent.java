package dev.clinicnet.testkit;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Assumptions;

/** A process with one endpoint, on one of ngrok's SDKs that has no configuration file. */
public final class SdkAgent implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Path authority;
  private final Process process;
  private final List<JsonNode> events = new CopyOnWriteArrayList<>();

  /** Whose SDK. */
  public enum Language {
    NODE("node", "npm/site.mjs"),
    PYTHON("pypi.venv/bin/python", "pypi/site.py");

    private final String runtime;
    private final String script;

    Language(String runtime, String script) {
      this.runtime = runtime;
      this.script = script;
    }

    private List<String> command(Path directory) {
      Path own = directory.resolve(runtime);
      return List.of(
          Files.exists(own) ? own.toString() : runtime, directory.resolve(script).toString());
    }
  }

  private SdkAgent(Path authority, Process process) {
    this.authority = authority;
    this.process = process;
    Thread reader = new Thread(this::read, "sdk-agent");
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * Starts it. Skips the test where the SDK was not installed.
   *
   * @param url of the endpoint
   */
  public static SdkAgent start(
      Language language,
      NgrokAccount account,
      String authtoken,
      String url,
      InetSocketAddress upstream) {
    return start(language, account, authtoken, url, upstream, List.of());
  }

  /** Starts it so that it asks the platform to speak HTTP/2 to the upstream. */
  public static SdkAgent startWithHTTP2(
      Language language,
      NgrokAccount account,
      String authtoken,
      String url,
      InetSocketAddress upstream) {
    return start(language, account, authtoken, url, upstream, List.of("http2"));
  }

  private static SdkAgent start(
      Language language,
      NgrokAccount account,
      String authtoken,
      String url,
      InetSocketAddress upstream,
      List<String> protocol) {
    Path directory = RealAgents.program().getParent();
    Assumptions.assumeTrue(
        Files.exists(directory.resolve(language.script)),
        "needs ngrok's SDK: install node, npm and python3, and run dev/agent/build");
    try {
      Path authority = Files.createTempFile("edge", ".pem");
      Files.writeString(authority, account.edgeAuthority());
      List<String> command = new ArrayList<>(language.command(directory));
      command.addAll(
          List.of(
              account.agents(),
              authority.toString(),
              url,
              "http://127.0.0.1:" + upstream.getPort()));
      command.addAll(protocol);
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().put("NGROK_AUTHTOKEN", authtoken);
      return new SdkAgent(authority, builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for a report of this kind. */
  public JsonNode awaitEvent(String what) {
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                events.stream().anyMatch(event -> event.path("event").asText().equals(what))
                    || !process.isAlive());
    return events.stream()
        .filter(event -> event.path("event").asText().equals(what))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + what + " but " + events));
  }

  /** Waits until the process has ended. */
  public void awaitEnd() {
    await().atMost(PATIENCE).until(() -> !process.isAlive());
  }

  @Override
  public void close() {
    process.destroyForcibly();
    awaitEnd();
    try {
      Files.delete(authority);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read() {
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        events.add(
            line.startsWith("{")
                ? JSON.readTree(line)
                : JSON.createObjectNode().put("event", "said").put("message", line));
      }
    } catch (IOException e) {
      // The process was killed.
    }
  }
}
