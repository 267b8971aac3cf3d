package dev.clinicnet.operator.agentapi;

import java.util.Objects;

/**
 * An endpoint that an agent is to bind.
 *
 * @param name how the agent calls it
 * @param url an internal URL
 * @param upstreamURL where it leads
 * @param upstreamProtocol {@code http1} or {@code http2}; null for the agent's default
 * @param metadata what the platform shows with it
 */
public record StartedEndpoint(
    String name, String url, String upstreamURL, String upstreamProtocol, String metadata) {

  public StartedEndpoint {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(url, "url");
    Objects.requireNonNull(upstreamURL, "upstreamURL");
    Objects.requireNonNull(metadata, "metadata");
  }
}
