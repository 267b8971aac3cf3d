package dev.clinicnet.operator.config;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** Times as Kubernetes and ngrok write them: {@code 2026-03-01T00:00:00Z}. */
public final class Timestamps {
  private static final Known<Instant> KNOWN = new Known<>(Instant::parse);

  private Timestamps() {}

  /**
   * The time.
   *
   * @throws DateTimeException if the text is no time
   */
  public static Instant of(String text) {
    return KNOWN.of(text);
  }

  /** The time; empty for null, and for a text that is no time. */
  public static Optional<Instant> parse(String text) {
    try {
      return Optional.ofNullable(text).map(KNOWN::of);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
