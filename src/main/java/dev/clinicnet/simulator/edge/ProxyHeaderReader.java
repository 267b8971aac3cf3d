package dev.clinicnet.simulator.edge;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads a PROXY header, version 1 or 2, at the start of a connection if there is one. */
final class ProxyHeaderReader {
  private static final byte[] VERSION_1 = "PROXY ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] VERSION_2 = {
    0x0d, 0x0a, 0x0d, 0x0a, 0x00, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a
  };

  /** The longest line of version 1, with its end. */
  private static final int LONGEST_LINE = 107;

  private static final int FIXED_PART = 16;
  private static final int TCP4 = 0x11;
  private static final int TCP6 = 0x21;
  private static final Pattern IPV4 =
      Pattern.compile("((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.|$)){4}(?<!\\.)");
  private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
  private static final Pattern PORT = Pattern.compile("0|[1-9]\\d{0,4}");

  private ProxyHeaderReader() {}

  /**
   * Reads the header. If no byte arrives before the socket's timeout, there is no header.
   *
   * @return empty when the connection does not begin with one
   * @throws ProtocolException if it is malformed
   */
  static Optional<ProxyHeader> read(ReadAhead client) throws IOException {
    if (startsWith(client, VERSION_1)) {
      return Optional.of(line(client));
    }
    if (startsWith(client, VERSION_2)) {
      return Optional.of(binary(client));
    }
    return Optional.empty();
  }

  private static boolean startsWith(ReadAhead client, byte[] signature) throws IOException {
    try {
      for (int i = 0; i < signature.length; i++) {
        if (!client.fill(i + 1) || client.at(i) != (signature[i] & 0xff)) {
          return false;
        }
      }
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    }
  }

  private static ProxyHeader line(ReadAhead client) throws IOException {
    int length = VERSION_1.length;
    do {
      length++;
      if (length > LONGEST_LINE || !client.fill(length)) {
        throw malformed("a line without an end");
      }
    } while (client.at(length - 1) != '\n' || client.at(length - 2) != '\r');
    String line = new String(client.take(length), 0, length - 2, StandardCharsets.US_ASCII);
    List<String> words = List.of(line.split(" ", -1));
    String family = words.get(1);
    if (family.equals("UNKNOWN")) {
      return ProxyHeader.none();
    }
    if (words.size() != 6 || !(family.equals("TCP4") || family.equals("TCP6"))) {
      throw malformed("not TCP4 or TCP6 with two addresses and two ports");
    }
    Pattern form = family.equals("TCP4") ? IPV4 : IPV6;
    return ProxyHeader.of(
        address(form, words.get(2), words.get(4)), address(form, words.get(3), words.get(5)));
  }

  private static InetSocketAddress address(Pattern form, String address, String port)
      throws IOException {
    if (!form.matcher(address).matches()
        || !PORT.matcher(port).matches()
        || Integer.parseInt(port) > 65535) {
      throw malformed("an address that is none");
    }
    try {
      // No name is looked up, because the form admits only literals.
      return new InetSocketAddress(InetAddress.getByName(address), Integer.parseInt(port));
    } catch (UnknownHostException e) {
      throw malformed("an address that is none");
    }
  }

  private static ProxyHeader binary(ReadAhead client) throws IOException {
    if (!client.fill(FIXED_PART)) {
      throw malformed("a header without an end");
    }
    int command = client.at(12);
    int family = client.at(13);
    int length = (client.at(14) << 8) | client.at(15);
    if (!client.fill(FIXED_PART + length)) {
      throw malformed("a header without an end");
    }
    byte[] header = client.take(FIXED_PART + length);
    if (command == 0x20) {
      return ProxyHeader.none();
    }
    if (command != 0x21) {
      throw malformed("neither PROXY nor LOCAL of version 2");
    }
    if (family == 0) {
      return ProxyHeader.none();
    }
    int size = family == TCP4 ? 4 : 16;
    if ((family != TCP4 && family != TCP6) || length < 2 * size + 4) {
      throw malformed("not TCP over IPv4 or IPv6, or too short for it");
    }
    int ports = FIXED_PART + 2 * size;
    return ProxyHeader.of(
        address(header, FIXED_PART, size, ports),
        address(header, FIXED_PART + size, size, ports + 2));
  }

  private static InetSocketAddress address(byte[] header, int start, int size, int port)
      throws UnknownHostException {
    return new InetSocketAddress(
        InetAddress.getByAddress(Arrays.copyOfRange(header, start, start + size)),
        ((header[port] & 0xff) << 8) | (header[port + 1] & 0xff));
  }

  private static ProtocolException malformed(String how) {
    return new ProtocolException("malformed PROXY header: " + how);
  }
}
