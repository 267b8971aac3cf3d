package dev.clinicnet.operator.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class TimestampsTest {
  @Test
  void aTimeIsRead() {
    assertThat(Timestamps.parse("2026-03-01T00:00:00Z"))
        .contains(Instant.parse("2026-03-01T00:00:00Z"));
  }

  @Test
  void whatIsNoTimeIsNone() {
    assertThat(Timestamps.parse(null)).isEmpty();
    assertThat(Timestamps.parse("yesterday")).isEmpty();
  }
}
