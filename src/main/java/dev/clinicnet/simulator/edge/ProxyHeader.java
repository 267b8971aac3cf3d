package dev.clinicnet.simulator.edge;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * What a PROXY header says, after https://www.haproxy.org/download/1.8/doc/proxy-protocol.txt.
 *
 * @param addresses empty where the header names none ({@code UNKNOWN}, {@code LOCAL})
 */
record ProxyHeader(Optional<Addresses> addresses) {

  /** From where a connection comes and where it was meant to go. */
  record Addresses(InetSocketAddress source, InetSocketAddress destination) {}

  static ProxyHeader none() {
    return new ProxyHeader(Optional.empty());
  }

  static ProxyHeader of(InetSocketAddress source, InetSocketAddress destination) {
    return new ProxyHeader(Optional.of(new Addresses(source, destination)));
  }
}
