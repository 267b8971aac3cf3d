package dev.clinicnet.operator.agent;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** The versions of ngrok's agent. */
public final class AgentVersion {
  /** The lowest version. Older agents fail in pools or with the PROXY protocol. */
  public static final String MINIMUM = "3.36.1";

  private static final Pattern FORM =
      Pattern.compile("v?([0-9]{1,6})\\.([0-9]{1,6})\\.([0-9]{1,6})([-+].*)?");

  private AgentVersion() {}

  /**
   * Whether a version is older than {@link #MINIMUM}.
   *
   * @param version what a session says; null and unknown forms are not old
   */
  public static boolean isTooOld(String version) {
    int[] numbers = numbers(version);
    int[] minimum = numbers(MINIMUM);
    return numbers.length > 0
        && IntStream.range(0, minimum.length)
            .filter(i -> numbers[i] != minimum[i])
            .mapToObj(i -> numbers[i] < minimum[i])
            .findFirst()
            .orElse(false);
  }

  private static int[] numbers(String version) {
    Matcher form = FORM.matcher(version == null ? "" : version);
    return form.matches()
        ? IntStream.rangeClosed(1, 3).map(i -> Integer.parseInt(form.group(i))).toArray()
        : new int[0];
  }
}
