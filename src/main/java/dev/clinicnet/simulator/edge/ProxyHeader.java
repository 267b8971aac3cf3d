package dev.clinicnet.simulator.edge;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * The content of a PROXY header, after https://www.haproxy.org/download/1.8/doc/proxy-protocol.txt.
 *
 * @param addresses empty if the header names none ({@code UNKNOWN}, {@code LOCAL})
 */
record ProxyHeader(Optional<Addresses> addresses) {

  /** The source and the intended destination of a connection. */
  record Addresses(InetSocketAddress source, InetSocketAddress destination) {}

  static ProxyHeader none() {
    return new ProxyHeader(Optional.empty());
  }

  static ProxyHeader of(InetSocketAddress source, InetSocketAddress destination) {
    return new ProxyHeader(Optional.of(new Addresses(source, destination)));
  }
}
