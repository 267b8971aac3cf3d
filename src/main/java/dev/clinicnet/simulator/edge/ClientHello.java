package dev.clinicnet.simulator.edge;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The first message of a TLS client (RFC 8446, section 4.1.2), read without consuming it.
 *
 * @param sni the server's name that the client asks for, in lower case; empty without one
 */
record ClientHello(String sni) {
  private static final int HANDSHAKE = 22;
  private static final int CLIENT_HELLO = 1;
  private static final int SERVER_NAME = 0;
  private static final int HOST_NAME = 0;
  private static final int RECORD_HEADER = 5;
  private static final int MESSAGE_HEADER = 4;

  /** The maximum size, which is far more than any client sends. */
  private static final int LONGEST = 1 << 16;

  private static final Pattern NAME = Pattern.compile("[a-z0-9_-]+(\\.[a-z0-9_-]+)*");

  /**
   * Reads it, also from several records.
   *
   * @throws ProtocolException if the connection does not begin with one
   */
  static ClientHello peek(ReadAhead client) throws IOException {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    int start = 0;
    int wanted = MESSAGE_HEADER;
    while (message.size() < wanted) {
      int length = recordLength(client, start);
      if (start + length > LONGEST || !client.fill(start + RECORD_HEADER + length)) {
        throw malformed();
      }
      start += RECORD_HEADER;
      for (int end = start + length; start < end; start++) {
        message.write(client.at(start));
      }
      if (message.size() >= MESSAGE_HEADER) {
        wanted = MESSAGE_HEADER + length(message.toByteArray());
      }
    }
    try {
      return new ClientHello(serverName(ByteBuffer.wrap(message.toByteArray(), 0, wanted)));
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw malformed();
    }
  }

  private static int recordLength(ReadAhead client, int start) throws IOException {
    if (!client.fill(start + 1) || client.at(start) != HANDSHAKE) {
      throw malformed();
    }
    if (!client.fill(start + RECORD_HEADER)) {
      throw malformed();
    }
    int length = (client.at(start + 3) << 8) | client.at(start + 4);
    if (length == 0) {
      throw malformed();
    }
    return length;
  }

  private static int length(byte[] message) throws IOException {
    int length = ((message[1] & 0xff) << 16) | ((message[2] & 0xff) << 8) | (message[3] & 0xff);
    if (message[0] != CLIENT_HELLO || length > LONGEST) {
      throw malformed();
    }
    return length;
  }

  private static String serverName(ByteBuffer hello) throws ProtocolException {
    hello.position(MESSAGE_HEADER + 2 + 32);
    skip(hello, hello.get() & 0xff);
    skip(hello, hello.getShort() & 0xffff);
    skip(hello, hello.get() & 0xff);
    if (hello.remaining() < 2) {
      return "";
    }
    int end = (hello.getShort() & 0xffff) + hello.position();
    while (hello.position() < end) {
      int type = hello.getShort() & 0xffff;
      int length = hello.getShort() & 0xffff;
      if (type == SERVER_NAME) {
        return hostName(hello.slice(hello.position(), length));
      }
      skip(hello, length);
    }
    return "";
  }

  private static String hostName(ByteBuffer names) throws ProtocolException {
    names.getShort();
    if (names.get() != HOST_NAME) {
      return "";
    }
    byte[] name = new byte[names.getShort() & 0xffff];
    names.get(name);
    String text = new String(name, StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT);
    if (text.length() > 253 || !NAME.matcher(text).matches()) {
      throw malformed();
    }
    return text;
  }

  private static void skip(ByteBuffer buffer, int count) {
    buffer.position(buffer.position() + count);
  }

  private static ProtocolException malformed() {
    return new ProtocolException("not a TLS client's hello");
  }
}
