package dev.clinicnet.operator.condition;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Warnings at the end of the message of a condition that is True. */
public final class Warnings {
  private static final String BEGINNING = " Warning: ";
  private static final String END = ".";

  private Warnings() {}

  /** A message, followed by its warnings. */
  public static String append(String message, List<String> warnings) {
    return message
        + warnings.stream().map(w -> BEGINNING + sentence(w)).collect(Collectors.joining());
  }

  /** A warning with a full stop. A warning that ends in a question mark needs none. */
  public static String sentence(String warning) {
    return warning.endsWith("?") ? warning : warning + END;
  }

  /** The warnings that were appended to a message. */
  public static List<String> in(String message) {
    return Arrays.stream(message.split(BEGINNING, -1))
        .skip(1)
        .map(w -> w.endsWith(END) ? w.substring(0, w.length() - END.length()) : w)
        .toList();
  }
}
