package dev.clinicnet.operator.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The format of log lines: for people on a terminal, and for machines elsewhere. */
enum LogFormat {
  TEXT,
  JSON;

  /** The environment variable that overrides the choice by standard error. */
  static final String VARIABLE = "LOG_FORMAT";

  /** The property that logback.xml reads. */
  private static final String PROPERTY = "clinic-operator.log-format";

  private static final Path STDERR = Path.of("/proc/self/fd/2");

  /** Makes all loggers write in this format. */
  void apply() {
    System.setProperty(PROPERTY, this == JSON ? "json" : "text");
  }

  /**
   * The format to use.
   *
   * @param wish the value of {@value #VARIABLE}; null or empty: standard error decides
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

  /** Whether standard error is a terminal. {@code System.console()} is about other streams. */
  private static boolean isTerminal() {
    try {
      String target = Files.readSymbolicLink(STDERR).toString();
      return target.startsWith("/dev/pts/")
          || target.startsWith("/dev/tty")
          || target.equals("/dev/console");
    } catch (IOException | UnsupportedOperationException notLinux) {
      // This is probably a person's machine.
      return true;
    }
  }
}
