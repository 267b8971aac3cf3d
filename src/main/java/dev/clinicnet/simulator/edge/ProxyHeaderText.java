package dev.clinicnet.simulator.edge;

import java.io.ByteArrayOutputStream;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The PROXY header that an agent sends to its upstream first. */
final class ProxyHeaderText {
  private static final byte[] SIGNATURE = {
    0x0d, 0x0a, 0x0d, 0x0a, 0x00, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a
  };

  private ProxyHeaderText() {}

  /**
   * The bytes of the header. If one address is IPv6, the other one is mapped to IPv6.
   *
   * @param version {@code 1} or {@code 2}
   */
  static byte[] of(String version, InetSocketAddress source, InetSocketAddress destination) {
    boolean four =
        source.getAddress() instanceof Inet4Address
            && destination.getAddress() instanceof Inet4Address;
    return version.equals("1")
        ? line(four, source, destination)
        : binary(four, source, destination);
  }

  private static byte[] line(
      boolean four, InetSocketAddress source, InetSocketAddress destination) {
    return "PROXY %s %s %s %d %d\r\n"
        .formatted(
            four ? "TCP4" : "TCP6",
            text(four, source.getAddress()),
            text(four, destination.getAddress()),
            source.getPort(),
            destination.getPort())
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static String text(boolean four, InetAddress address) {
    String text = address.getHostAddress();
    if (!four && address instanceof Inet4Address) {
      return "::ffff:" + text;
    }
    int scope = text.indexOf('%');
    return scope < 0 ? text : text.substring(0, scope);
  }

  private static byte[] binary(
      boolean four, InetSocketAddress source, InetSocketAddress destination) {
    byte[] from = bytes(four, source.getAddress());
    byte[] to = bytes(four, destination.getAddress());
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    header.writeBytes(SIGNATURE);
    header.write(0x21);
    header.write(four ? 0x11 : 0x21);
    header.writeBytes(port(2 * from.length + 4));
    header.writeBytes(from);
    header.writeBytes(to);
    header.writeBytes(port(source.getPort()));
    header.writeBytes(port(destination.getPort()));
    return header.toByteArray();
  }

  private static byte[] bytes(boolean four, InetAddress address) {
    byte[] bytes = address.getAddress();
    if (four || bytes.length == 16) {
      return bytes;
    }
    return ByteBuffer.allocate(16)
        .position(10)
        .put((byte) 0xff)
        .put((byte) 0xff)
        .put(bytes)
        .array();
  }

  private static byte[] port(int port) {
    return new byte[] {(byte) (port >> 8), (byte) port};
  }
}
