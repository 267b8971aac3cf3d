package dev.clinicnet.operator.policy.raw;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * Durations as ngrok takes them: numbers with units, as in {@code 90s}, {@code 24h}, {@code 1m30s}.
 */
final class Durations {

  private static final Pattern FORM = Pattern.compile("(?:[0-9]{1,9}(?:ms|s|m|h))+");
  private static final Pattern DAYS = Pattern.compile("[1-9][0-9]{0,4}d");
  private static final int HOURS_OF_A_DAY = 24;

  private Durations() {}

  static void check(FieldType type, Object value, Place place) {
    String wanted =
        "write a number and s, m or h, %s%s%s"
            .formatted(
                type.to() == null ? "at least " + type.from() : "from " + type.from(),
                type.to() == null ? "" : " to " + type.to(),
                type.step() == 0 ? "" : ", in steps of " + type.step() + "s");
    if (!(value instanceof String text)) {
      place.warn(Mismatch.of(value, "a duration") + ": " + wanted + ", such as \"60s\"");
    } else if (!FORM.matcher(text).matches()) {
      place.warn(
          "\"%s\" is not a duration: %s, such as 60s%s".formatted(text, wanted, hours(text)));
    } else if (!isWithin(type, read(text))) {
      place.warn("\"%s\" is out of bounds: %s".formatted(text, wanted));
    }
  }

  private static boolean isWithin(FieldType type, Duration duration) {
    return duration.compareTo(read(type.from())) >= 0
        && (type.to() == null || duration.compareTo(read(type.to())) <= 0)
        && (type.step() == 0 || duration.toMillis() % (type.step() * 1000L) == 0);
  }

  /** The same time in hours, for a text that gives days. */
  private static String hours(String text) {
    return DAYS.matcher(text).matches()
        ? "; a day has no unit: %s is %dh"
            .formatted(
                text, Integer.parseInt(text.substring(0, text.length() - 1)) * HOURS_OF_A_DAY)
        : "";
  }

  private static Duration read(String text) {
    return Pattern.compile("([0-9]+)(ms|s|m|h)")
        .matcher(text)
        .results()
        .map(
            part -> {
              long number = Long.parseLong(part.group(1));
              return switch (part.group(2)) {
                case "h" -> Duration.ofHours(number);
                case "m" -> Duration.ofMinutes(number);
                case "s" -> Duration.ofSeconds(number);
                default -> Duration.ofMillis(number);
              };
            })
        .reduce(Duration.ZERO, Duration::plus);
  }
}
