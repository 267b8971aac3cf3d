package dev.clinicnet.simulator.traffic;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** A range of addresses. */
public final class AddressRange {
  private static final Pattern ADDRESS = Pattern.compile("[0-9a-fA-F:.]+");
  private static final Pattern BITS = Pattern.compile("[0-9]{1,3}");

  private final byte[] network;
  private final int bits;

  /** The network has 4 bytes for IPv4 and 16 for IPv6. */
  private AddressRange(byte[] network, int bits) {
    this.network = network;
    this.bits = bits;
  }

  /** Reads {@code 10.0.0.0/8} or {@code ::/0}; empty if it is not a range. */
  public static Optional<AddressRange> parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0 || !BITS.matcher(text.substring(slash + 1)).matches()) {
      return Optional.empty();
    }
    int bits = Integer.parseInt(text.substring(slash + 1));
    boolean v6 = text.indexOf(':') >= 0;
    return address(text.substring(0, slash))
        .map(network -> new AddressRange(network, v6 && network.length == 4 ? bits - 96 : bits))
        .filter(range -> range.bits >= 0 && range.bits <= range.network.length * 8);
  }

  /** Whether an address lies in the range; false for a text that is not an address. */
  public boolean contains(String text) {
    return address(text).map(this::contains).orElse(false);
  }

  private boolean contains(byte[] address) {
    if (address.length != network.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> (bit % 8);
      if (((address[bit / 8] ^ network[bit / 8]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }

  /** The bytes of an address. An IPv4 address that is mapped to IPv6 gives the bytes of IPv4. */
  private static Optional<byte[]> address(String text) {
    boolean v6 = text.indexOf(':') >= 0;
    if (!ADDRESS.matcher(text).matches() || (!v6 && text.split("\\.", -1).length != 4)) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(text).getAddress());
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }
}
