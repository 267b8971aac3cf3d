package dev.clinicnet.simulator;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as people write them: {@code 500ms}, {@code 5s}, {@code 1m30s}, {@code 2h}, {@code 7d}.
 */
final class SimulatorDuration {
  private static final Pattern PART = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");
  private static final Pattern FORM = Pattern.compile("(" + PART.pattern() + ")+");
  private static final Map<String, ChronoUnit> UNITS =
      Map.of(
          "ms", ChronoUnit.MILLIS,
          "s", ChronoUnit.SECONDS,
          "m", ChronoUnit.MINUTES,
          "h", ChronoUnit.HOURS,
          "d", ChronoUnit.DAYS);

  private SimulatorDuration() {}

  static Duration parse(String text) {
    if (text.equals("0")) {
      return Duration.ZERO;
    }
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a duration; write for example 500ms, 5s, 1m30s or 0");
    }
    Duration sum = Duration.ZERO;
    Matcher part = PART.matcher(text);
    while (part.find()) {
      sum = sum.plus(Duration.of(Long.parseLong(part.group(1)), UNITS.get(part.group(2))));
    }
    return sum;
  }
}
