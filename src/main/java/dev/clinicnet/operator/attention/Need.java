package dev.clinicnet.operator.attention;

import java.util.Arrays;
import java.util.Optional;

/** What something waits for, the worst first. */
public enum Need {
  /** It does not get better before somebody does something. */
  SOMEBODY("somebody", "needs somebody"),
  /** An ordinary step is left, such as to install the site kit. */
  SETUP("setup", "to set up"),
  /** It should settle by itself. */
  TIME("time", "waits"),
  /** Nothing is wrong. */
  NOTHING("nothing", "ok");

  private final String code;
  private final String words;

  Need(String code, String words) {
    this.code = code;
    this.words = words;
  }

  /** The need of a code; empty if there is none. */
  public static Optional<Need> parse(String code) {
    return Arrays.stream(values()).filter(need -> need.code.equals(code)).findFirst();
  }

  /** The word in {@code docs/conditions.md}, in JSON, in URLs and in the style sheet. */
  public String code() {
    return code;
  }

  /** The words for people. */
  public String words() {
    return words;
  }
}
