package dev.clinicnet.operator.config;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** Times as Kubernetes and ngrok write them: {@code 2026-03-01T00:00:00Z}. */
public final class Timestamps {
  private Timestamps() {}

  /** The time; empty for null, and for a text that is no time. */
  public static Optional<Instant> parse(String text) {
    try {
      return Optional.ofNullable(text).map(Instant::parse);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
