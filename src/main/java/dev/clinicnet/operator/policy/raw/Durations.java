package dev.clinicnet.operator.policy.raw;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as ngrok takes them: a number and a unit, as in {@code 90s}, {@code 10m}, {@code 24h}.
 */
final class Durations {

  private static final Pattern FORM = Pattern.compile("([0-9]{1,9})(s|m|h)");

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
      Matcher form = FORM.matcher(text);
      if (!form.matches()) {
        place.error("\"%s\" is no duration: %s, such as 60s".formatted(text, wanted));
        return;
      }
      long number = Long.parseLong(form.group(1));
      Duration duration =
          switch (form.group(2)) {
            case "h" -> Duration.ofHours(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofSeconds(number);
          };
      if (duration.compareTo(min) < 0
          || (max != null && duration.compareTo(max) > 0)
          || duration.toSeconds() % step != 0) {
        place.error("\"%s\" is out of bounds: %s".formatted(text, wanted));
      }
    };
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
