package dev.clinicnet.demo;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.List;
import org.slf4j.LoggerFactory;

/** Switches log output off until it is restored. The demo prints its own output. */
final class QuietLogs {
  private final List<Logger> loggers =
      List.of(logger(org.slf4j.Logger.ROOT_LOGGER_NAME), logger("dev.clinicnet"));
  private final List<Level> levels = loggers.stream().map(Logger::getLevel).toList();

  QuietLogs(boolean quiet) {
    if (quiet) {
      loggers.forEach(logger -> logger.setLevel(Level.OFF));
    }
  }

  void restore() {
    for (int i = 0; i < loggers.size(); i++) {
      loggers.get(i).setLevel(levels.get(i));
    }
  }

  private static Logger logger(String name) {
    return (Logger) LoggerFactory.getLogger(name);
  }
}
