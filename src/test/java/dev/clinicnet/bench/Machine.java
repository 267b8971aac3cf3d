package dev.clinicnet.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/** What a bench ran on, because times mean nothing without it. */
final class Machine {
  private Machine() {}

  /**
   * The description.
   *
   * @param java the home of the JDK that runs the operator
   */
  static Map<String, String> describe(Path java) {
    Map<String, String> machine = new LinkedHashMap<>();
    machine.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
    machine.put("processor", field("/proc/cpuinfo", "model name"));
    machine.put("memory", field("/proc/meminfo", "MemTotal"));
    machine.put("load when it began", line("/proc/loadavg").split(" ", -1)[0]);
    machine.put("kernel", System.getProperty("os.version"));
    machine.put("java of the operator", release(java));
    return machine;
  }

  private static String field(String file, String name) {
    return text(file)
        .lines()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse("unknown");
  }

  private static String line(String file) {
    return text(file).lines().findFirst().orElse("");
  }

  private static String text(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String release(Path java) {
    Properties release = new Properties();
    try (var reader = Files.newBufferedReader(java.resolve("release"))) {
      release.load(reader);
      return release.getProperty("JAVA_VERSION", "unknown").replace("\"", "");
    } catch (IOException e) {
      return "unknown";
    }
  }
}
