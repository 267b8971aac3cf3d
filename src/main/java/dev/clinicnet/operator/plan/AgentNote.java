package dev.clinicnet.operator.plan;

import java.util.Optional;

/**
 * The note on an endpoint that an agent was asked for: the fingerprint of the started endpoint, or
 * one of the constants. The inventory keeps it until the platform lists the endpoint. The platform
 * shows the fingerprint in the endpoint's metadata.
 */
public final class AgentNote {
  /** The agent has stopped the endpoint. */
  public static final String STOPPED = "stopped";

  /** The agent was asked, but the result is not known. */
  public static final String ASKED = "asked";

  private static final String MARK = "clinic-operator ";

  private AgentNote() {}

  /** The metadata that the platform shows with an endpoint. */
  public static String metadata(String fingerprint) {
    return MARK + fingerprint;
  }

  /** The fingerprint of the started endpoint; empty if somebody else has started it. */
  public static Optional<String> fingerprint(String metadata) {
    return metadata != null && metadata.startsWith(MARK)
        ? Optional.of(metadata.substring(MARK.length()))
        : Optional.empty();
  }
}
