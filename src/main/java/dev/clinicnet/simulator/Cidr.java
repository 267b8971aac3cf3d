package dev.clinicnet.simulator;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
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

  /** Whether a text is an address without a mask. */
  static boolean isAddress(String text) {
    return V4.matcher(text).matches() || (V6.matcher(text).matches() && isV6(text));
  }

  /** The number of bits in an address. */
  static int bits(String address) {
    return address(address).getAddress().length * Byte.SIZE;
  }

  /** Whether the address of a valid range is the lowest in it. */
  static boolean isLowest(String cidr) {
    byte[] address = address(cidr.substring(0, cidr.indexOf('/'))).getAddress();
    return Arrays.equals(address, masked(cidr));
  }

  /** A valid range with the lowest address in it. */
  static String lowest(String cidr) {
    try {
      return InetAddress.getByAddress(masked(cidr)).getHostAddress()
          + cidr.substring(cidr.indexOf('/'));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("the length of an address does not change", e);
    }
  }

  private static byte[] masked(String cidr) {
    byte[] address = address(cidr.substring(0, cidr.indexOf('/'))).getAddress();
    int left = Integer.parseInt(cidr.substring(cidr.indexOf('/') + 1));
    for (int i = 0; i < address.length; i++) {
      int kept = Math.max(0, Math.min(Byte.SIZE, left - i * Byte.SIZE));
      address[i] &= (byte) (0xFF << (Byte.SIZE - kept));
    }
    return address;
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
