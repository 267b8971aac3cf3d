package dev.clinicnet.simulator.edge;

import dev.clinicnet.simulator.traffic.ClientConnection;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Optional;

/**
 * A connection that has come in, after its PROXY header.
 *
 * @param client the source in the header, or the peer of the socket
 * @param server the destination in the header, or the listener
 */
record Arrival(InetSocketAddress client, InetSocketAddress server, Instant since) {
  /**
   * Milliseconds to wait for the first byte of a client. It may send nothing, because in some
   * protocols the server speaks first. Later bytes are not a header.
   */
  static final int SILENT_CLIENT = 500;

  /** Milliseconds to wait for a client that must speak first. */
  static final int SPEAKING_CLIENT = 10_000;

  static Arrival of(Wire wire, int wait, Instant now) throws IOException {
    wire.timeout(wait);
    Optional<ProxyHeader.Addresses> addresses =
        ProxyHeaderReader.read(wire.ahead()).flatMap(ProxyHeader::addresses);
    return new Arrival(
        addresses.map(ProxyHeader.Addresses::source).orElseGet(wire::peer),
        addresses.map(ProxyHeader.Addresses::destination).orElseGet(wire::local),
        now);
  }

  /** The connection in the form for policies. */
  ClientConnection connection(String sni) {
    return new ClientConnection(client, server, since, sni);
  }
}
