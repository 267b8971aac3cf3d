package dev.clinicnet.operator.policy.raw;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as ngrok takes them: numbers with units, as in {@code 90s}, {@code 24h}, {@code 1m30s}.
 */
final class Durations {

  private static final Pattern FORM = Pattern.compile("(?:[0-9]{1,9}(?:ms|s|m|h))+");
  private static final Pattern DAYS = Pattern.compile("[1-9][0-9]{0,4}d");
  private static final int HOURS_OF_A_DAY = 24;
  private static final Pattern PART = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");

  private Durations() {}

  /** One of a second or more, without upper bound. */
  static Shape any() {
    return between(Duration.ofSeconds(1), null, 1);
  }

  /**
   * One within the bounds.
   *
   * @param max null for none
   * @param step the number of seconds of which it has to be a multiple
   */
  static Shape between(Duration min, Duration max, int step) {
    String wanted =
        "write a number and s, m or h, %s%s%s"
            .formatted(
                max == null ? "at least " + words(min) : "from " + words(min),
                max == null ? "" : " to " + words(max),
                step == 1 ? "" : ", in steps of " + step + "s");
    return (value, place) -> {
      if (!(value instanceof String text)) {
        place.error(Shapes.mismatch(value, "a duration") + ": " + wanted + ", such as \"60s\"");
        return;
      }
      if (!FORM.matcher(text).matches()) {
        place.error(
            "\"%s\" is no duration: %s, such as 60s%s".formatted(text, wanted, hours(text)));
        return;
      }
      Duration duration = read(text);
      if (duration.compareTo(min) < 0
          || (max != null && duration.compareTo(max) > 0)
          || duration.toMillis() % (step * 1000L) != 0) {
        place.error("\"%s\" is out of bounds: %s".formatted(text, wanted));
      }
    };
  }

  /** What somebody meant who wrote days. */
  private static String hours(String text) {
    return DAYS.matcher(text).matches()
        ? "; a day has no unit: %s is %dh"
            .formatted(
                text, Integer.parseInt(text.substring(0, text.length() - 1)) * HOURS_OF_A_DAY)
        : "";
  }

  private static Duration read(String text) {
    Duration sum = Duration.ZERO;
    Matcher part = PART.matcher(text);
    while (part.find()) {
      long number = Long.parseLong(part.group(1));
      sum =
          sum.plus(
              switch (part.group(2)) {
                case "h" -> Duration.ofHours(number);
                case "m" -> Duration.ofMinutes(number);
                case "s" -> Duration.ofSeconds(number);
                default -> Duration.ofMillis(number);
              });
    }
    return sum;
  }

  private static String words(Duration duration) {
    if (duration.toSeconds() % 3600 == 0) {
      return duration.toHours() + "h";
    }
    return duration.toSeconds() > 60 && duration.toSeconds() % 60 == 0
        ? duration.toMinutes() + "m"
        : duration.toSeconds() + "s";
  }
}
