package dev.clinicnet.simulator.edge;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;

/**
 * The upstream of an agent.
 *
 * @param session the agent's session, which cuts all its connections when it ends
 * @param agent the simulator's name for the agent, for messages
 * @param url as the agent's configuration names it: a URL, host and port, or a port alone
 * @param protocol {@code http1}, {@code http2} or empty
 * @param proxyProtocol {@code 1}, {@code 2} or empty: the version of the PROXY header that the
 *     agent sends first
 * @param termination how the agent ends TLS; empty: it passes on all bytes
 * @param network the loopback addresses that represent the hosts of the site, by host and port; an
 *     upstream on loopback needs no entry
 * @param carrier the way through an agent outside of the simulator, which dials and ends TLS by
 *     itself; empty: the simulator does this for the agent
 */
public record Upstream(
    String session,
    String agent,
    String url,
    String protocol,
    String proxyProtocol,
    Optional<Termination> termination,
    Map<String, InetSocketAddress> network,
    Optional<Carrier> carrier) {

  /** The upstream of a simulated agent. */
  public Upstream(
      String session,
      String agent,
      String url,
      String protocol,
      String proxyProtocol,
      Optional<Termination> termination,
      Map<String, InetSocketAddress> network) {
    this(session, agent, url, protocol, proxyProtocol, termination, network, Optional.empty());
  }

  /** Whether requests go to it over HTTP/2. */
  boolean speaksHTTP2() {
    return protocol.equals("http2");
  }

  /**
   * How an agent ends TLS.
   *
   * @param certificate PEM, the server's certificate first
   * @param privateKey PEM
   * @param authorities PEM of the authorities for required client certificates; empty: no
   *     certificate is requested
   */
  public record Termination(String certificate, String privateKey, String authorities) {

    /** The key is left out. */
    @Override
    public String toString() {
      return "Termination[]";
    }
  }
}
