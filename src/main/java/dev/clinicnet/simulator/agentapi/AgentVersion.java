package dev.clinicnet.simulator.agentapi;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The version of an agent, which decides what its API has (agent/changelog). */
public record AgentVersion(int major, int minor, int patch) {
  /** The default version of an agent. */
  public static final AgentVersion CURRENT = new AgentVersion(3, 39, 7);

  private static final Pattern FORM = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})\\.(\\d{1,4})");

  /**
   * Reads three numbers with dots.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static AgentVersion parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("'version' must look like 3.20.0");
    }
    return new AgentVersion(
        Integer.parseInt(parts.group(1)),
        Integer.parseInt(parts.group(2)),
        Integer.parseInt(parts.group(3)));
  }

  boolean tellsStatus() {
    return isAtLeast(3, 9);
  }

  boolean refusesTakenNames() {
    return isAtLeast(3, 29);
  }

  boolean knowsEndpoints() {
    return isAtLeast(3, 30);
  }

  /** The version in the form that the platform shows. */
  @Override
  public String toString() {
    return major + "." + minor + "." + patch;
  }

  private boolean isAtLeast(int otherMajor, int otherMinor) {
    return major > otherMajor || (major == otherMajor && minor >= otherMinor);
  }
}
