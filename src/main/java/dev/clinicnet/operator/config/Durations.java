package dev.clinicnet.operator.config;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as manifests and options write them: {@code 24h}, {@code 1h30m}, {@code 500ms}, {@code
 * 0}.
 */
public final class Durations {
  private static final Pattern PART = Pattern.compile("(\\d{1,12})(ms|h|m|s)");
  private static final int HOURS_OF_A_DAY = 24;
  private static final Pattern WHOLE = Pattern.compile("(\\d{1,12}(ms|h|m|s))+");

  private Durations() {}

  /** A duration, written short: {@code 10m}, {@code 1h30m}, {@code 0.5s}. */
  public static String text(Duration duration) {
    return duration.toString().substring("PT".length()).toLowerCase(Locale.ROOT);
  }

  /** The hours for a text that gives days. */
  private static String hours(String text) {
    return text != null && text.matches("[1-9]\\d{0,4}d")
        ? ". A day has no unit: "
            + text
            + " is "
            + Integer.parseInt(text.substring(0, text.length() - 1)) * HOURS_OF_A_DAY
            + "h"
        : "";
  }

  /**
   * Reads a duration.
   *
   * @throws IllegalArgumentException when it is not one; the message says how to write one
   */
  public static Duration parse(String text) {
    if ("0".equals(text)) {
      return Duration.ZERO;
    }
    if (text == null || !WHOLE.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a duration: write it like 24h, 1h30m, 500ms or 0" + hours(text));
    }
    Duration sum = Duration.ZERO;
    Matcher part = PART.matcher(text);
    while (part.find()) {
      long amount = Long.parseLong(part.group(1));
      sum =
          sum.plus(
              switch (part.group(2)) {
                case "h" -> Duration.ofHours(amount);
                case "m" -> Duration.ofMinutes(amount);
                case "s" -> Duration.ofSeconds(amount);
                default -> Duration.ofMillis(amount);
              });
    }
    return sum;
  }
}
