package dev.clinicnet.operator.ngrok;

import java.time.Duration;

/** The header of that name. The API documents none; a proxy may add one. */
final class RetryAfter {
  private static final Duration LONGEST = Duration.ofMinutes(15);

  private RetryAfter() {}

  /**
   * The header as a time to wait, between a second and a quarter of an hour.
   *
   * @param header seconds; null, a date or nonsense gives {@code otherwise}
   */
  static Duration parse(String header, Duration otherwise) {
    if (header == null || !header.strip().matches("[0-9]{1,9}")) {
      return otherwise;
    }
    Duration asked = Duration.ofSeconds(Math.max(1, Long.parseLong(header.strip())));
    return asked.compareTo(LONGEST) > 0 ? LONGEST : asked;
  }
}
