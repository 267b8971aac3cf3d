package dev.clinicnet.operator.simulation;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.slf4j.helpers.MessageFormatter;

/** Takes what the operator logs in a simulated world, where it is searched for secrets. */
final class Logs extends TurboFilter {
  private static final String OURS = "dev.clinicnet.operator";
  private static final Logs ONE = new Logs();

  private Logs() {}

  /** Begins to take it, once for the process. Other threads log as before. */
  static synchronized void take() {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    if (!context.getTurboFilterList().contains(ONE)) {
      ONE.start();
      context.addTurboFilter(ONE);
    }
  }

  @Override
  public FilterReply decide(
      Marker marker,
      Logger logger,
      Level level,
      String format,
      Object[] arguments,
      Throwable thrown) {
    World world = World.ofThread();
    if (world == null) {
      return FilterReply.NEUTRAL;
    }
    if (format != null && logger.getName().startsWith(OURS) && level.levelInt >= Level.INFO_INT) {
      world.said(
          level
              + " "
              + MessageFormatter.arrayFormat(format, arguments).getMessage()
              + (thrown == null ? "" : " " + thrown));
    }
    return FilterReply.DENY;
  }
}
