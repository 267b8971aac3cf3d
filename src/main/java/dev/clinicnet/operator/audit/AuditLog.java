package dev.clinicnet.operator.audit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * The audit trail in the log: one line for each event, from its own logger. In a JSON log, each
 * fact is a field.
 */
public final class AuditLog implements AuditTrail {
  private static final Logger LOGGER = LoggerFactory.getLogger(AuditLog.class);

  /** A trail in this process's log. */
  public AuditLog() {}

  @Override
  public void record(AuditEvent event) {
    LoggingEventBuilder line =
        LOGGER
            .atInfo()
            .addKeyValue("audit", event.what())
            .addKeyValue("object", event.object())
            .addKeyValue("who", event.who())
            .addKeyValue("why", event.why());
    for (var detail : event.details().entrySet()) {
      line = line.addKeyValue(detail.getKey(), detail.getValue());
    }
    line.log("{}: {} by {}", event.what(), event.object(), event.who());
  }
}
