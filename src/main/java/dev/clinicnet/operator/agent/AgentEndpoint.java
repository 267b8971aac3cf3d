package dev.clinicnet.operator.agent;

import dev.clinicnet.operator.policy.TrafficPolicy;
import java.util.Objects;

/**
 * One endpoint that the agent binds.
 *
 * @param upstreamProtocol {@code http1} or {@code http2}; null leaves it to ngrok, which takes
 *     http1
 * @param trafficPolicy runs at this endpoint, behind the public one's; null for none
 */
public record AgentEndpoint(
    String name,
    String url,
    String upstreamURL,
    String upstreamProtocol,
    TrafficPolicy trafficPolicy) {

  public AgentEndpoint {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(url, "url");
    Objects.requireNonNull(upstreamURL, "upstreamURL");
  }
}
