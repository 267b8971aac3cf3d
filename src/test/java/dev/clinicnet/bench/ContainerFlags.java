package dev.clinicnet.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The flags with which the JVM of the container runs, from the files that decide them. */
final class ContainerFlags {
  private static final Pattern FLAG = Pattern.compile("\"(-X[^\"]+)\"");
  private static final Pattern VARIABLE = Pattern.compile("(?m)^ENV (\\w+)=(\\S+)$");
  private static final Pattern LIMIT =
      Pattern.compile("limits:\\s+(?:cpu: \\S+\\s+)?memory: (\\d+)Mi");

  private ContainerFlags() {}

  /**
   * The flags of the image, the memory of the Deployment's limit, and the collector that a JVM
   * chooses in a container of that size.
   */
  static List<String> read() {
    try {
      return of(
          Files.readString(Path.of("Dockerfile")),
          Files.readString(Path.of("deploy/base/deployment.yaml")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The environment variables of the image. */
  static Map<String, String> environment() {
    try {
      return environment(Files.readString(Path.of("Dockerfile")));
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

  static List<String> of(String dockerfile, String deployment) {
    List<String> flags = new ArrayList<>();
    Matcher flag = FLAG.matcher(dockerfile);
    while (flag.find()) {
      // The archive fits only the image's jars.
      if (!flag.group(1).startsWith("-XX:SharedArchiveFile")) {
        flags.add(flag.group(1));
      }
    }
    Matcher limit = LIMIT.matcher(deployment);
    if (flags.isEmpty() || !limit.find()) {
      throw new IllegalStateException("the container's flags or its memory limit were not found");
    }
    flags.add("-XX:MaxRAM=" + limit.group(1) + "m");
    if (flags.stream().noneMatch(f -> f.matches("-XX:\\+Use\\w+GC"))) {
      // Below 1792 MiB a JVM takes this collector.
      flags.add("-XX:+UseSerialGC");
    }
    return flags;
  }
}
