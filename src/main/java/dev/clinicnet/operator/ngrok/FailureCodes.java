package dev.clinicnet.operator.ngrok;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The platform's error codes, from the table {@value #FILE}. */
final class FailureCodes {
  private static final String FILE = "failure-codes.txt";
  private static final String PREFIX = "ERR_NGROK_";
  private static final String INDENT = "  ";

  /** A number, or words such as {@code IAM_SERVICE_USER_ROLE_CONFLICT}. */
  private static final Pattern CODE = Pattern.compile("[1-9][0-9]*|[A-Z][A-Z0-9]*(_[A-Z0-9]+)+");

  /** A class, perhaps with a wait, and a text. */
  private static final Pattern MEANING = Pattern.compile("([A-Z_]+)(?: (\\d+)s( account)?)?: (.+)");

  private static final Map<String, Verdict> VERDICTS = parse(lines());

  private FailureCodes() {}

  /** The verdict on a code; null for a code that is not listed, and for null. */
  static Verdict of(String code) {
    return code == null ? null : VERDICTS.get(code);
  }

  /** The verdicts of a table, by their codes. */
  static Map<String, Verdict> parse(List<String> lines) {
    Map<String, Verdict> all = new HashMap<>();
    Verdict meaning = null;
    for (String line : lines) {
      if (line.startsWith(INDENT)) {
        if (meaning == null) {
          throw new IllegalArgumentException(FILE + " begins with codes");
        }
        for (String code : line.substring(INDENT.length()).split(" ", -1)) {
          if (!CODE.matcher(code).matches()) {
            throw new IllegalArgumentException(FILE + " has a code of another form: " + code);
          }
          if (all.put(PREFIX + code, meaning) != null) {
            throw new IllegalArgumentException(FILE + " has the code " + code + " twice");
          }
        }
      } else if (!line.isEmpty() && !line.startsWith("#")) {
        meaning = meaning(line);
      }
    }
    return Map.copyOf(all);
  }

  private static Verdict meaning(String line) {
    Matcher parts = MEANING.matcher(line);
    if (!parts.matches()) {
      throw new IllegalArgumentException(FILE + " has a line that is no meaning: " + line);
    }
    Failure failure = Failure.valueOf(parts.group(1));
    String wait = parts.group(2);
    return new Verdict(
        failure,
        parts.group(4),
        wait == null ? null : Duration.ofSeconds(Integer.parseInt(wait)),
        parts.group(3) != null);
  }

  /** The lines of the table. */
  static List<String> lines() {
    try (InputStream file = FailureCodes.class.getResourceAsStream(FILE);
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
