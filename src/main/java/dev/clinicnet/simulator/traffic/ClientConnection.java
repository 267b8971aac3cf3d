package dev.clinicnet.simulator.traffic;

import java.net.InetSocketAddress;
import java.time.Instant;

/**
 * A client's connection as the edge sees it.
 *
 * @param client its source: that of a PROXY header, or the peer of the socket
 * @param server its intended destination
 * @param sni the name in the client's hello, empty without TLS or without a name
 */
public record ClientConnection(
    InetSocketAddress client, InetSocketAddress server, Instant since, String sni) {}
