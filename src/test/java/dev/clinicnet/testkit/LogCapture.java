package dev.clinicnet.testkit;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/**
 * Everything that the operator and its libraries log, down to TRACE, with stack traces. What is
 * usually logged still is, because tests that run beside this one need their lines.
 */
public final class LogCapture extends AppenderBase<ILoggingEvent> implements AutoCloseable {
  /**
   * The lock for the loggers of this JVM. A listener takes it to read, and a test that silences
   * them takes it to write.
   */
  public static final String LOGGERS = "loggers";

  private static final List<String> NAMES =
      List.of("dev.clinicnet", "io.fabric8", "io.javaoperatorsdk", "okhttp3");

  /** In the order of their beginnings. The first of them passes on what is usually logged. */
  private static final List<LogCapture> OPEN = new CopyOnWriteArrayList<>();

  /** The levels without a capture. A null is a level that the logger has from its parent. */
  private static final Map<Logger, Level> LEVELS = new HashMap<>();

  private final StringBuilder text = new StringBuilder();
  private final List<String> warnings = new ArrayList<>();
  private final List<String> lines = new ArrayList<>();
  private final PatternLayout layout = new PatternLayout();
  private final LoggerContext logging;
  private final Map<String, Level> usual = new HashMap<>();

  private LogCapture(LoggerContext logging) {
    this.logging = logging;
    setContext(logging);
    layout.setContext(logging);
    layout.setPattern("%level %logger %mdc %msg%n%throwable{full}");
  }

  /** Starts to listen, until this is closed. */
  public static LogCapture begin() {
    LoggerContext logging = (LoggerContext) LoggerFactory.getILoggerFactory();
    LogCapture capture = new LogCapture(logging);
    capture.layout.start();
    capture.start();
    capture.open();
    return capture;
  }

  private void open() {
    synchronized (OPEN) {
      for (String name : NAMES) {
        Logger logger = logging.getLogger(name);
        if (OPEN.isEmpty()) {
          usual.put(name, logger.getEffectiveLevel());
          LEVELS.put(logger, logger.getLevel());
          logger.setLevel(Level.TRACE);
          logger.setAdditive(false);
        }
        logger.addAppender(this);
      }
      if (!OPEN.isEmpty()) {
        usual.putAll(OPEN.get(0).usual);
      }
      OPEN.add(this);
    }
  }

  /** The logged text. */
  public synchronized String text() {
    return text.toString();
  }

  /**
   * The warnings and errors that mention a text, with their stack traces. Tests that run beside
   * this one log too.
   */
  public synchronized List<String> warningsAbout(String something) {
    return warnings.stream().filter(warning -> warning.contains(something)).toList();
  }

  /** The lines of the level INFO and above that mention a text: the level and the message. */
  public synchronized List<String> linesAbout(String something) {
    return lines.stream().filter(line -> line.contains(something)).toList();
  }

  @Override
  protected synchronized void append(ILoggingEvent event) {
    String line = layout.doLayout(event);
    text.append(line);
    if (event.getLevel().isGreaterOrEqual(Level.INFO)) {
      lines.add(event.getLevel() + " " + event.getFormattedMessage());
    }
    if (event.getLevel().isGreaterOrEqual(Level.WARN)) {
      warnings.add(line);
    }
    if (OPEN.indexOf(this) == 0 && isUsual(event)) {
      logging.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).callAppenders(event);
    }
  }

  private boolean isUsual(ILoggingEvent event) {
    return NAMES.stream()
        .filter(event.getLoggerName()::startsWith)
        .anyMatch(name -> event.getLevel().isGreaterOrEqual(usual.get(name)));
  }

  @Override
  public void close() {
    synchronized (OPEN) {
      OPEN.remove(this);
      NAMES.forEach(name -> logging.getLogger(name).detachAppender(this));
      if (OPEN.isEmpty()) {
        LEVELS.forEach(
            (logger, level) -> {
              logger.setAdditive(true);
              logger.setLevel(level);
            });
        LEVELS.clear();
      }
    }
    stop();
  }
}
