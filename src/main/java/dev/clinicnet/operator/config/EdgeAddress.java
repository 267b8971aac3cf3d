package dev.clinicnet.operator.config;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * The address of a test's edge. Every public host, such as that of a clinic's agent API, is reached
 * there and not at the address from DNS. TLS and HTTP still use the name of the host.
 *
 * @param address resolved
 * @param authorities authorities in PEM that are trusted there in place of the public ones; empty:
 *     the public ones
 */
public record EdgeAddress(InetSocketAddress address, Optional<String> authorities) {
  public EdgeAddress {
    if (address.isUnresolved()) {
      throw new IllegalArgumentException("'" + address.getHostString() + "' has no address");
    }
  }

  /** The certificates are left out, because they would fill a log. */
  @Override
  public String toString() {
    return address + (authorities.isPresent() ? " (with authorities of its own)" : "");
  }
}
