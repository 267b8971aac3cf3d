package dev.clinicnet.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clinicnet.simulator.Simulator;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The agents of {@code dev/agent}: one process on ngrok's own Go SDK, which runs the file of each
 * site. It is built first if it is missing, which needs Go.
 */
final class RealAgents implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  private final Path directory;
  private final Process process;
  private final Writer commands;
  private final BufferedReader events;

  private RealAgents(Path directory, Process process) {
    this.directory = directory;
    this.process = process;
    this.commands = process.outputWriter(StandardCharsets.UTF_8);
    this.events = process.inputReader(StandardCharsets.UTF_8);
  }

  /** Starts the process, without agents. */
  static RealAgents start(Simulator simulator, String authority) throws IOException {
    List<String> build = output(List.of("dev/agent/build"));
    Path program = Path.of(output(List.of("dev/agent/build", "--print-directory")).get(0), "agent");
    if (!Files.isExecutable(program)) {
      throw new DemoFailure(build);
    }
    // Its files have tokens.
    Path directory =
        Files.createTempDirectory(
            "demo-agents",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Path trusted = Files.writeString(directory.resolve("edge.pem"), authority);
    Process process =
        new ProcessBuilder(
                program.toString(),
                "--connect-url",
                "localhost:" + simulator.agents().getPort(),
                "--connect-cas",
                trusted.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    return new RealAgents(directory, process);
  }

  /**
   * Starts an agent, and waits until it has tried every endpoint.
   *
   * @param upstreams the loopback addresses that represent the machines of the site
   * @return how many endpoints are online
   */
  int connect(SiteKitFile site, Map<String, String> upstreams) throws IOException {
    Path file = Files.writeString(directory.resolve(site.clinic() + ".yml"), site.text());
    commands.write("start " + site.clinic() + " " + file + "\n");
    for (Map.Entry<String, String> upstream : upstreams.entrySet()) {
      commands.write(
          "upstream %s %s=%s%n".formatted(site.clinic(), upstream.getKey(), upstream.getValue()));
    }
    commands.flush();
    int bound = 0;
    while (true) {
      String line = events.readLine();
      if (line == null) {
        throw new DemoFailure(List.of("The process of the agents has ended."));
      }
      JsonNode event = JSON.readTree(line);
      switch (event.path("event").asText()) {
        case "bound" -> bound++;
        case "started" -> {
          return bound;
        }
        case "failed", "disconnected", "endpoint refused" ->
            throw new DemoFailure(
                List.of("The agent of " + site.clinic() + ": " + event.path("message").asText()));
        default -> {
          // Nothing that matters here.
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    for (Path file : new ArrayList<>(files())) {
      Files.delete(file);
    }
    Files.delete(directory);
  }

  private List<Path> files() throws IOException {
    try (var list = Files.list(directory)) {
      return list.toList();
    }
  }

  private static List<String> output(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      return lines.lines().toList();
    }
  }
}
