package dev.clinicnet.operator.agentapi;

import java.util.Objects;

/**
 * An endpoint that an agent must bind.
 *
 * @param name its name at the agent
 * @param url an internal URL
 * @param upstreamURL the URL of the upstream
 * @param upstreamProtocol {@code http1} or {@code http2}; null for the agent's default
 * @param metadata the metadata that the platform shows
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
