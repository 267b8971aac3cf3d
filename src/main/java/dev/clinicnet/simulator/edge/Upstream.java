package dev.clinicnet.simulator.edge;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;

/**
 * Where an agent leads.
 *
 * @param session the agent's session, which cuts all its connections when it ends
 * @param agent the simulator's name for the agent, for messages
 * @param url as the agent's configuration names it: a URL, host and port, or a port alone
 * @param protocol {@code http1}, {@code http2} or empty
 * @param proxyProtocol {@code 1}, {@code 2} or empty: the PROXY header that the agent puts first
 * @param termination how the agent ends TLS; empty: it passes on what it gets
 * @param network what stands on loopback for the hosts of the site, by host and port; an upstream
 *     on loopback needs no entry
 */
public record Upstream(
    String session,
    String agent,
    String url,
    String protocol,
    String proxyProtocol,
    Optional<Termination> termination,
    Map<String, InetSocketAddress> network) {

  /**
   * How an agent ends TLS.
   *
   * @param certificate PEM, the server's certificate first
   * @param privateKey PEM
   * @param authorities PEM, whose client certificates are required; empty: none is asked for
   */
  public record Termination(String certificate, String privateKey, String authorities) {

    /** Without the key. */
    @Override
    public String toString() {
      return "Termination[]";
    }
  }
}
