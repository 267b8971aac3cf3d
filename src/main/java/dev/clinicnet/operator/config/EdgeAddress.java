package dev.clinicnet.operator.config;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Where a test has its edge: every public host, such as the agent's API of a clinic, is reached
 * there instead of where DNS says. The host stays what TLS and HTTP name.
 *
 * @param address resolved
 * @param authorities in PEM, to be trusted there instead of the public ones; empty: the public ones
 */
public record EdgeAddress(InetSocketAddress address, Optional<String> authorities) {
  public EdgeAddress {
    if (address.isUnresolved()) {
      throw new IllegalArgumentException("'" + address.getHostString() + "' has no address");
    }
  }

  /** Without the certificates, which would fill a log. */
  @Override
  public String toString() {
    return address + (authorities.isPresent() ? " (with authorities of its own)" : "");
  }
}
