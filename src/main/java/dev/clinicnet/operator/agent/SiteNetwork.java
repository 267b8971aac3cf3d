package dev.clinicnet.operator.agent;

import java.util.List;

/**
 * What the network of a site asks of the agent that connects from there.
 *
 * @param proxy the proxy to connect through; null to connect directly
 * @param connectCAs {@code host} for the authorities of the operating system, or the path of a PEM
 *     file on the agent's machine; null for ngrok's own authority
 * @param dnsResolverIPs the DNS servers to ask for ngrok's addresses; empty for those of the
 *     machine
 * @param heartbeatInterval how often the agent tests its connection, such as {@code 10s}; null for
 *     ngrok's default
 */
public record SiteNetwork(
    AgentProxy proxy, String connectCAs, List<String> dnsResolverIPs, String heartbeatInterval) {

  /** A network that asks for nothing. */
  public static final SiteNetwork OPEN = new SiteNetwork(null, null, List.of(), null);

  /** The value of {@code connectCAs} that is not a path. */
  static final String HOST = "host";

  public SiteNetwork {
    dnsResolverIPs = List.copyOf(dnsResolverIPs);
  }
}
