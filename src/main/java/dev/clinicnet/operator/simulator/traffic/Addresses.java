package dev.clinicnet.operator.simulator.traffic;

import java.net.InetSocketAddress;

/** Addresses as policies see them. */
final class Addresses {
  private Addresses() {}

  /** The address without a port or a zone. */
  static String text(InetSocketAddress address) {
    String text = address.getAddress().getHostAddress();
    int zone = text.indexOf('%');
    return zone < 0 ? text : text.substring(0, zone);
  }
}
