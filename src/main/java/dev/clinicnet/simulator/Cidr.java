package dev.clinicnet.simulator;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** IPv4 and IPv6 ranges. */
final class Cidr {
  private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])";
  private static final Pattern V4 = Pattern.compile(("\\." + OCTET).repeat(4).substring(2));
  private static final Pattern V6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  private Cidr() {}

  static boolean isValid(String text) {
    int slash = text.indexOf('/');
    if (slash < 0 || !text.substring(slash + 1).matches("[0-9]{1,3}")) {
      return false;
    }
    String address = text.substring(0, slash);
    int bits = Integer.parseInt(text.substring(slash + 1));
    if (V4.matcher(address).matches()) {
      return bits <= 32;
    }
    return V6.matcher(address).matches() && isV6(address) && bits <= 128;
  }

  /**
   * Reads one address. No name is ever looked up.
   *
   * @throws IllegalArgumentException if it is not an address
   */
  static InetAddress address(String text) {
    if (V4.matcher(text).matches() || (V6.matcher(text).matches() && isV6(text))) {
      try {
        return InetAddress.getByName(text);
      } catch (UnknownHostException e) {
        // The refusal is the same as for a text of another form.
      }
    }
    throw new IllegalArgumentException("'" + text + "' is no IP address");
  }

  private static boolean isV6(String address) {
    try {
      // The pattern has made sure that this is no host name, so nothing is looked up.
      return InetAddress.getAllByName(address).length == 1;
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
