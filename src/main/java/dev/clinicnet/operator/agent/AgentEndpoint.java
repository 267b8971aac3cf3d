package dev.clinicnet.operator.agent;

import dev.clinicnet.operator.policy.TrafficPolicy;
import java.util.List;
import java.util.Objects;

/**
 * One endpoint that the agent binds.
 *
 * @param upstreamProtocol {@code http1} or {@code http2}; null leaves it to ngrok, which takes
 *     http1
 * @param trafficPolicy the policy of this endpoint, which runs after that of the public endpoint;
 *     null for none
 * @param termination how the agent ends TLS, for tls URLs only; null when it does not
 * @param password the password that a client must send first, for http and https URLs only; null
 *     for none
 * @param lock what opens its lock, as in {@link LockNote}; empty for none
 */
public record AgentEndpoint(
    String name,
    String url,
    String upstreamURL,
    String upstreamProtocol,
    TrafficPolicy trafficPolicy,
    TLSTermination termination,
    AgentPassword password,
    List<String> lock) {

  public AgentEndpoint {
    lock = List.copyOf(lock);
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(url, "url");
    Objects.requireNonNull(upstreamURL, "upstreamURL");
    if (termination != null && !url.startsWith("tls://")) {
      throw new IllegalArgumentException("the agent ends TLS of tls endpoints only, not of " + url);
    }
    if (password != null && !url.startsWith("http")) {
      throw new IllegalArgumentException("a password is asked for in HTTP only, not at " + url);
    }
  }

  /** An endpoint that asks for no password. */
  public AgentEndpoint(
      String name,
      String url,
      String upstreamURL,
      String upstreamProtocol,
      TrafficPolicy trafficPolicy,
      TLSTermination termination) {
    this(name, url, upstreamURL, upstreamProtocol, trafficPolicy, termination, null, List.of());
  }

  /** An endpoint where the agent does not end TLS, and that asks for no password. */
  public AgentEndpoint(
      String name,
      String url,
      String upstreamURL,
      String upstreamProtocol,
      TrafficPolicy trafficPolicy) {
    this(name, url, upstreamURL, upstreamProtocol, trafficPolicy, null, null, List.of());
  }
}
