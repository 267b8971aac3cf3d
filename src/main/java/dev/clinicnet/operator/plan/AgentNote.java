package dev.clinicnet.operator.plan;

import java.util.Optional;

/**
 * What is noted of an endpoint that an agent was asked for. The inventory holds it until the
 * platform lists the endpoint: the fingerprint of what was started, or one of the constants. The
 * platform shows the fingerprint in the endpoint's metadata.
 */
public final class AgentNote {
  /** The agent has let go of it. */
  public static final String STOPPED = "stopped";

  /** The agent was asked, and did not say that it is done. */
  public static final String ASKED = "asked";

  private static final String MARK = "clinic-operator ";

  private AgentNote() {}

  /** What the platform is to show with an endpoint. */
  public static String metadata(String fingerprint) {
    return MARK + fingerprint;
  }

  /** The fingerprint of what was started; empty for what was started by somebody else. */
  public static Optional<String> fingerprint(String metadata) {
    return metadata != null && metadata.startsWith(MARK)
        ? Optional.of(metadata.substring(MARK.length()))
        : Optional.empty();
  }
}
