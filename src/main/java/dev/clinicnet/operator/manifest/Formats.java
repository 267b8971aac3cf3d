package dev.clinicnet.operator.manifest;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Set;

/** The formats of texts and numbers that our schemas use. */
final class Formats {
  private static final Pattern TIME =
      Pattern.compile("^([0-9]{2}):([0-9]{2}):([0-9]{2})(.[0-9]+)?(z|([+-][0-9]{2}:[0-9]{2}))$");

  private static final Set<String> NUMBERS = Set.of("int32", "int64", "float", "double");

  private Formats() {}

  /** Whether a format means anything for values of these types. */
  static boolean isKnown(String types, String format) {
    return switch (types) {
      case "string" -> format.equals("date-time") || format.equals("date");
      case "integer", "number" -> NUMBERS.contains(format);
      default -> false;
    };
  }

  /** Whether a text has this format. An unknown format accepts every text. */
  static boolean accepts(String format, String text) {
    return switch (format) {
      case "date-time" -> isDateTime(text.toLowerCase(Locale.ROOT));
      case "date" -> isDate(text);
      default -> true;
    };
  }

  private static boolean isDateTime(String text) {
    String[] parts = text.split("t", 3);
    if (parts.length < 2 || !isDate(parts[0])) {
      return false;
    }
    Matcher time = TIME.matcher(parts[1]);
    return time.find()
        && time.group(1).compareTo("23") <= 0
        && time.group(2).compareTo("59") <= 0
        && time.group(3).compareTo("59") <= 0;
  }

  private static boolean isDate(String text) {
    if (!text.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}")) {
      return false;
    }
    try {
      LocalDate.parse(text);
      return true;
    } catch (DateTimeException notADay) {
      return false;
    }
  }
}
