package dev.clinicnet.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LogCaptureTest {
  private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
  private final Logger logger = (Logger) LoggerFactory.getLogger("dev.clinicnet.LogCaptureTest");
  private final ListAppender<ILoggingEvent> console = new ListAppender<>();

  @BeforeEach
  void listen() {
    console.start();
    root.addAppender(console);
  }

  @AfterEach
  void stopListening() {
    root.detachAppender(console);
  }

  @Test
  void whatIsUsuallyLoggedIsLoggedOnceBesideTheCaptures() {
    try (LogCapture first = LogCapture.begin();
        LogCapture second = LogCapture.begin()) {
      logger.info("usual");
      logger.debug("unusual");

      assertThat(first.text()).contains("usual").contains("unusual");
      assertThat(second.text()).isEqualTo(first.text());
    }

    assertThat(console.list).extracting(ILoggingEvent::getMessage).containsExactly("usual");
  }

  @Test
  void theFirstCaptureMayEndBeforeTheSecond() {
    LogCapture first = LogCapture.begin();
    try (LogCapture second = LogCapture.begin()) {
      first.close();
      logger.info("usual");
      logger.trace("unusual");

      assertThat(first.text()).isEmpty();
      assertThat(second.text()).contains("usual").contains("unusual");
    }
    logger.info("afterwards");
    logger.debug("never");

    assertThat(console.list)
        .extracting(ILoggingEvent::getMessage)
        .containsExactly("usual", "afterwards");
  }
}
