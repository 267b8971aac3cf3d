package dev.clinicnet.simulator.wire;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * One muxado frame: a header of 8 bytes (length in 24 bits, type and flags in 4 bits each, stream
 * in 32 bits, all big-endian), then its content.
 */
final class Frame {
  static final int RST = 0;
  static final int DATA = 1;
  static final int WINDOW_INCREMENT = 2;
  static final int GO_AWAY = 3;

  /** The sender sends no more data on the stream. */
  static final int FIN = 1;

  /** The frame opens the stream. */
  static final int SYN = 2;

  /** The longest content. */
  static final int MAX_LENGTH = 0xffffff;

  /** What a connection may send at once is its window, so nothing longer is legitimate. */
  static final int MOST_ACCEPTED = 1 << 20;

  private static final int HEADER = 8;

  private final int type;
  private final int flags;
  private final int stream;
  private final byte[] content;

  /**
   * A frame.
   *
   * @param type one of the constants; frames of other types are skipped
   * @param flags {@link #FIN} and {@link #SYN}
   * @param stream the stream's id, 0 for the whole connection
   * @param content is not copied
   */
  Frame(int type, int flags, int stream, byte[] content) {
    if (content.length > MAX_LENGTH) {
      throw new IllegalArgumentException("a frame has at most %d bytes".formatted(MAX_LENGTH));
    }
    this.type = type;
    this.flags = flags;
    this.stream = stream;
    this.content = content;
  }

  static Frame data(int stream, int flags, byte[] content) {
    return new Frame(DATA, flags, stream, content);
  }

  /** Ends a stream at once. */
  static Frame reset(int stream, WireError error) {
    return new Frame(RST, 0, stream, ByteBuffer.allocate(4).putInt(error.code()).array());
  }

  /** Permits the other side to send more bytes. */
  static Frame windowIncrement(int stream, int bytes) {
    return new Frame(WINDOW_INCREMENT, 0, stream, ByteBuffer.allocate(4).putInt(bytes).array());
  }

  /** Ends the connection. The other side may read the reason. */
  static Frame goAway(int lastStream, WireError error, String reason) {
    byte[] text = reason.getBytes(StandardCharsets.UTF_8);
    byte[] content =
        ByteBuffer.allocate(HEADER + text.length)
            .putInt(lastStream)
            .putInt(error.code())
            .put(text)
            .array();
    return new Frame(GO_AWAY, 0, 0, content);
  }

  int type() {
    return type;
  }

  int stream() {
    return stream;
  }

  byte[] content() {
    return content;
  }

  boolean fin() {
    return type == DATA && (flags & FIN) != 0;
  }

  boolean syn() {
    return type == DATA && (flags & SYN) != 0;
  }

  /**
   * The number that a frame of 4 bytes carries.
   *
   * @throws ProtocolException if it has another length
   */
  int number() throws ProtocolException {
    if (content.length != 4) {
      throw new ProtocolException(
          WireError.FRAME_SIZE, "a frame of type %d has 4 bytes of content".formatted(type));
    }
    return ByteBuffer.wrap(content).getInt() & 0x7fffffff;
  }

  /** The frame in the form for the wire. */
  byte[] bytes() {
    return ByteBuffer.allocate(HEADER + content.length)
        .put((byte) (content.length >> 16))
        .putShort((short) content.length)
        .put((byte) ((type << 4) | flags))
        .putInt(stream)
        .put(content)
        .array();
  }

  /**
   * Reads the next frame; null at the end of the connection.
   *
   * @throws EOFException if it ends within a frame
   * @throws ProtocolException if the frame cannot be accepted
   */
  static Frame read(InputStream input) throws IOException {
    int first = input.read();
    if (first < 0) {
      return null;
    }
    DataInputStream data = new DataInputStream(input);
    int length = (first << 16) | data.readUnsignedShort();
    int typeAndFlags = data.readUnsignedByte();
    int stream = data.readInt();
    if (stream < 0) {
      throw new ProtocolException(WireError.PROTOCOL, "a stream's id has 31 bits");
    }
    if (length > MOST_ACCEPTED) {
      throw new ProtocolException(
          WireError.FRAME_SIZE, "a frame of %d bytes is too long".formatted(length));
    }
    byte[] content = new byte[length];
    data.readFully(content);
    return new Frame(typeAndFlags >> 4, typeAndFlags & 0xf, stream, content);
  }
}
