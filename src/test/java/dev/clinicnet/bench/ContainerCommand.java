package dev.clinicnet.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clinicnet.testkit.ProgramOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The command by which the container starts, from the files that decide it: with the image's jars
 * and class-data archive, its flags, and the memory of the Deployment's limit.
 */
final class ContainerCommand {
  /** What bench/build makes: the directory /app of the image. */
  static final Path APP = Path.of("target/layout");

  private static final Pattern ENTRYPOINT = Pattern.compile("(?m)^ENTRYPOINT (\\[[^\\]]+\\])");
  private static final Pattern VARIABLE = Pattern.compile("(?m)^ENV (\\w+)=(\\S+)$");
  private static final Pattern LIMIT =
      Pattern.compile("limits:\\s+(?:cpu: \\S+\\s+)?memory: (\\d+)Mi");

  private ContainerCommand() {}

  /**
   * The command without the arguments of the program.
   *
   * @param java the home of the JDK that runs it
   * @param memory another limit in MiB; empty: that of the Deployment
   */
  static List<String> read(Path java, Optional<Integer> memory) {
    List<String> command = of(file("Dockerfile"), file("deploy/base/deployment.yaml"), memory);
    command.set(0, java.resolve("bin").resolve(command.get(0)).toString());
    return command;
  }

  /** The environment variables of the image. */
  static Map<String, String> environment() {
    return environment(file("Dockerfile"));
  }

  private static String file(String name) {
    try {
      return Files.readString(Path.of(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Map<String, String> environment(String dockerfile) {
    return VARIABLE
        .matcher(dockerfile)
        .results()
        .collect(Collectors.toMap(found -> found.group(1), found -> found.group(2)));
  }

  static List<String> of(String dockerfile, String deployment, Optional<Integer> memory) {
    Matcher entrypoint = ENTRYPOINT.matcher(dockerfile);
    Matcher limit = LIMIT.matcher(deployment);
    if (!entrypoint.find() || !limit.find()) {
      throw new IllegalStateException("the container's command or its memory limit were not found");
    }
    List<String> command = new ArrayList<>();
    for (JsonNode word : json(entrypoint.group(1).replace("\\\n", ""))) {
      command.add(word.asText().replace("/app/", APP + "/"));
    }
    command.add(1, "-XX:MaxRAM=" + memory.map(Object::toString).orElse(limit.group(1)) + "m");
    if (command.stream().noneMatch(flag -> flag.matches("-XX:\\+Use\\w+GC"))) {
      // Below 1792 MiB a JVM takes this collector.
      command.add(1, "-XX:+UseSerialGC");
    }
    return command;
  }

  private static JsonNode json(String text) {
    try {
      return new JsonMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Makes the class-data archive, which fits only the JDK that made it. */
  static void archive(Path java) {
    ProcessBuilder builder = new ProcessBuilder("dev/image/archive", APP.toString());
    builder
        .environment()
        .merge("PATH", java.resolve("bin").toString(), (path, first) -> first + ":" + path);
    ProgramOutput.of(builder);
  }
}
