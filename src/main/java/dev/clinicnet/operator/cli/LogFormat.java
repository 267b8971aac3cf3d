package dev.clinicnet.operator.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How log lines are written: for people on a terminal, for machines elsewhere. */
enum LogFormat {
  TEXT,
  JSON;

  /** The environment variable that decides, whatever standard error is. */
  static final String VARIABLE = "LOG_FORMAT";

  /** What logback.xml reads. */
  private static final String PROPERTY = "clinic-operator.log-format";

  private static final Path STDERR = Path.of("/proc/self/fd/2");

  /** Has the first logger, and so all of them, write this way. */
  void apply() {
    System.setProperty(PROPERTY, this == JSON ? "json" : "text");
  }

  /**
   * The format to use.
   *
   * @param wish the value of {@value #VARIABLE}; null or empty: as standard error is
   * @throws IllegalArgumentException when there is no such format
   */
  static LogFormat of(String wish) {
    if (wish == null || wish.isEmpty()) {
      return isTerminal() ? TEXT : JSON;
    }
    return switch (wish) {
      case "text" -> TEXT;
      case "json" -> JSON;
      default ->
          throw new IllegalArgumentException(
              "Invalid value for " + VARIABLE + ": '" + wish + "' is neither json nor text");
    };
  }

  /** Whether standard error is a terminal; {@code System.console()} tells of other streams. */
  private static boolean isTerminal() {
    try {
      String target = Files.readSymbolicLink(STDERR).toString();
      return target.startsWith("/dev/pts/")
          || target.startsWith("/dev/tty")
          || target.equals("/dev/console");
    } catch (IOException | UnsupportedOperationException notLinux) {
      // Somebody's own machine, then.
      return true;
    }
  }
}
