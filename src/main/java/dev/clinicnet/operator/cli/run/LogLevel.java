package dev.clinicnet.operator.cli.run;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;

/**
 * How much the operator logs. Libraries keep their own level, because some log whole requests at
 * DEBUG.
 */
final class LogLevel {
  private static final String OURS = "dev.clinicnet";

  private LogLevel() {}

  /** Applies this level to everything that the operator logs from now on. */
  static void set(Level level) {
    ILoggerFactory loggers = LoggerFactory.getILoggerFactory();
    if (loggers.getLogger(OURS) instanceof Logger ours) {
      ours.setLevel(level);
    }
    if (level == Level.ERROR && loggers.getLogger(Logger.ROOT_LOGGER_NAME) instanceof Logger all) {
      all.setLevel(level);
    }
  }
}
