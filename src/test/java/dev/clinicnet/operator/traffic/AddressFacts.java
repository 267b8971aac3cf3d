package dev.clinicnet.operator.traffic;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Addresses and networks as numbers. */
final class AddressFacts {
  private AddressFacts() {}

  /** Whether one of the networks contains an address of its family. */
  static boolean holds(List<String> networks, String address) {
    return networks.stream().anyMatch(network -> holds(network, address));
  }

  static boolean holds(String network, String address) {
    int slash = network.indexOf('/');
    String first = network.substring(0, slash);
    if (isIPv6(first) != isIPv6(address)) {
      return false;
    }
    BigInteger size =
        BigInteger.TWO.pow(bits(address) - Integer.parseInt(network.substring(slash + 1)));
    BigInteger offset = number(address).subtract(number(first));
    return offset.signum() >= 0 && offset.compareTo(size) < 0;
  }

  /** The addresses just inside and just outside of a network's two ends. */
  static List<String> borders(String network) {
    int slash = network.indexOf('/');
    String first = network.substring(0, slash);
    BigInteger start = number(first);
    BigInteger size =
        BigInteger.TWO.pow(bits(first) - Integer.parseInt(network.substring(slash + 1)));
    return List.of(
            start,
            start.subtract(BigInteger.ONE),
            start.add(size).subtract(BigInteger.ONE),
            start.add(size))
        .stream()
        .filter(n -> n.signum() >= 0 && n.bitLength() <= bits(first))
        .map(n -> text(n, bits(first) / 8))
        .toList();
  }

  /** The one text of an address that may be written in several ways. */
  static String canonical(String address) {
    return text(number(address), bits(address) / 8);
  }

  private static boolean isIPv6(String address) {
    return address.indexOf(':') >= 0;
  }

  private static int bits(String address) {
    return isIPv6(address) ? 128 : 32;
  }

  private static BigInteger number(String address) {
    try {
      return new BigInteger(1, InetAddress.getByName(address).getAddress());
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private static String text(BigInteger number, int length) {
    byte[] all = number.toByteArray();
    byte[] bytes = new byte[length];
    for (int i = 0; i < length && i < all.length; i++) {
      bytes[length - 1 - i] = all[all.length - 1 - i];
    }
    try {
      return InetAddress.getByAddress(bytes).getHostAddress();
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }
}
