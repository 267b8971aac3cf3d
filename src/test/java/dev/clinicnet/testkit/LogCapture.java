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
import org.slf4j.LoggerFactory;

/** Everything that the operator and its libraries log, down to TRACE, with stack traces. */
public final class LogCapture extends AppenderBase<ILoggingEvent> implements AutoCloseable {
  /**
   * The lock for the loggers of this JVM. A listener takes it to read, and a test that silences
   * them takes it to write.
   */
  public static final String LOGGERS = "loggers";

  private static final List<String> NAMES =
      List.of("dev.clinicnet", "io.fabric8", "io.javaoperatorsdk", "okhttp3");

  private final StringBuilder text = new StringBuilder();
  private final List<String> warnings = new ArrayList<>();
  private final List<String> lines = new ArrayList<>();
  private final PatternLayout layout = new PatternLayout();
  private final Map<Logger, Level> levels = new HashMap<>();

  private LogCapture(LoggerContext context) {
    setContext(context);
    layout.setContext(context);
    layout.setPattern("%level %logger %mdc %msg%n%throwable{full}");
  }

  /** Starts to listen, until this is closed. */
  public static LogCapture begin() {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    LogCapture capture = new LogCapture(context);
    capture.layout.start();
    capture.start();
    for (String name : NAMES) {
      Logger logger = context.getLogger(name);
      capture.levels.put(logger, logger.getLevel());
      logger.setLevel(Level.TRACE);
      logger.setAdditive(false);
      logger.addAppender(capture);
    }
    return capture;
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
  }

  @Override
  public void close() {
    levels.forEach(
        (logger, level) -> {
          logger.detachAppender(this);
          logger.setAdditive(true);
          logger.setLevel(level);
        });
    stop();
  }
}
