package dev.clinicnet.testkit;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * Agents on ngrok's own Go SDK, all in one process ({@code dev/agent}), which connect to a
 * simulated account. Each runs a configuration file.
 */
public final class RealAgents implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Path directory;
  private final Process process;
  private final Writer commands;
  private final List<JsonNode> events = new CopyOnWriteArrayList<>();
  private int files;

  private RealAgents(Path directory, Process process) {
    this.directory = directory;
    this.process = process;
    this.commands = process.outputWriter(StandardCharsets.UTF_8);
    Thread reader = new Thread(this::read, "real-agents");
    reader.setDaemon(true);
    reader.start();
  }

  /** Starts the process for an account, without agents. */
  public static RealAgents start(NgrokAccount account) {
    return start(account.agents(), account.edgeAuthority());
  }

  /**
   * Starts the process, without agents. Skips the test where the program was not built.
   *
   * @param connect the host and port that the agents connect to
   * @param trusted the authority of that server: PEM; null: that of each agent's file
   */
  public static RealAgents start(String connect, String trusted) {
    Path program = program();
    Assumptions.assumeTrue(
        Files.isExecutable(program), "needs ngrok's agent: install Go and run dev/agent/build");
    try {
      Path directory = Files.createTempDirectory("agents");
      List<String> command = new ArrayList<>(List.of(program.toString(), "--connect-url", connect));
      if (trusted != null) {
        Path authority = directory.resolve("edge.pem");
        Files.writeString(authority, trusted);
        command.addAll(List.of("--connect-cas", authority.toString()));
      }
      Process process =
          new ProcessBuilder(command).redirectError(directory.resolve("errors").toFile()).start();
      return new RealAgents(directory, process);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The program, which may not be built. */
  public static Path program() {
    try {
      Process process = new ProcessBuilder("dev/agent/build", "--print-directory").start();
      String directory =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return Path.of(directory, "agent");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts an agent with this file. An agent of the same name is ended first. */
  public void run(String name, String ngrokYml) {
    files++;
    Path file = directory.resolve(name + "-" + files + ".yml");
    try {
      Files.writeString(file, ngrokYml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    command("start " + name + " " + file);
  }

  /** Says what represents a machine of an agent's site. */
  public void upstream(String name, String machine, InetSocketAddress place) {
    command("upstream " + name + " " + machine + "=127.0.0.1:" + place.getPort());
  }

  /** Ends an agent in order, and waits until it has ended. */
  public void end(String name) {
    long before = count(name, "ended");
    command("end " + name);
    await().atMost(PATIENCE).until(() -> count(name, "ended") > before);
  }

  /** Everything that an agent has reported, oldest first. */
  public List<JsonNode> events(String name) {
    return events.stream().filter(event -> event.path("agent").asText().equals(name)).toList();
  }

  /** How often an agent has reported something. */
  public long count(String name, String what) {
    return events(name).stream().filter(event -> event.path("event").asText().equals(what)).count();
  }

  /** Waits for the first report of this kind. */
  public JsonNode awaitEvent(String name, String what) {
    await().atMost(PATIENCE).until(() -> count(name, what) > 0);
    return first(name, what).orElseThrow();
  }

  /** The first report of this kind. */
  public Optional<JsonNode> first(String name, String what) {
    return events(name).stream()
        .filter(event -> event.path("event").asText().equals(what))
        .findFirst();
  }

  /** The codes with which the platform has refused the agent or its endpoints, without repeats. */
  public List<String> codes(String name) {
    return events(name).stream()
        .map(event -> event.path("code").asText())
        .filter(code -> !code.isEmpty())
        .distinct()
        .toList();
  }

  /** The bytes that the process has from the operating system for its heap and its stacks. */
  public long memory() {
    long before = count("", "memory");
    command("memory");
    await().atMost(PATIENCE).until(() -> count("", "memory") > before);
    List<JsonNode> all = events("");
    return all.get(all.size() - 1).path("memory").longValue();
  }

  /** Ends the process at once, as a loss of power does. */
  public void kill() {
    process.destroyForcibly();
    await().atMost(PATIENCE).until(() -> !process.isAlive());
  }

  @Override
  public void close() {
    kill();
    try (Stream<Path> left = Files.list(directory)) {
      for (Path file : new ArrayList<>(left.toList())) {
        Files.delete(file);
      }
      Files.delete(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void command(String line) {
    try {
      synchronized (commands) {
        commands.write(line + "\n");
        commands.flush();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the agents' process has ended: " + events, e);
    }
  }

  private void read() {
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        events.add(JSON.readTree(line));
      }
    } catch (IOException e) {
      // The process was killed.
    }
  }
}
