package dev.clinicnet.simulator.agentapi;

/**
 * An endpoint that an agent has online.
 *
 * @param id the platform's
 * @param url as the platform writes it
 * @param upstreamUrl as it was asked for
 * @param upstreamProtocol the requested protocol; empty if none was requested
 * @param inspect whether the agent shows its requests
 * @param trafficPolicy JSON or YAML, empty without one
 */
public record RunningEndpoint(
    String id,
    String name,
    String url,
    String upstreamUrl,
    String upstreamProtocol,
    boolean inspect,
    String trafficPolicy,
    boolean poolingEnabled) {

  String scheme() {
    return url.substring(0, url.indexOf(':'));
  }
}
