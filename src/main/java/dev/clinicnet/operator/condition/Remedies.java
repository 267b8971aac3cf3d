package dev.clinicnet.operator.condition;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** What each reason means and what to do, in the words of {@code docs/conditions.md}. */
public final class Remedies {
  /** A line is a reason, a space, and its text. A test makes the file from the page. */
  private static final String FILE = "remedies.txt";

  private static final Map<String, String> TEXTS = read();

  private Remedies() {}

  /** The text for a reason, without markup. */
  public static String of(Reason reason) {
    return TEXTS.get(reason.name());
  }

  private static Map<String, String> read() {
    try (InputStream file = Remedies.class.getResourceAsStream(FILE)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.split(" ", 2))
          .collect(
              Collectors.toUnmodifiableMap(
                  parts -> parts[0],
                  parts -> parts[1],
                  // A reason can mean something else in another condition.
                  (one, other) -> one + " " + other));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
