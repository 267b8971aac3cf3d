package dev.clinicnet.simulator.edge;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** The bytes of a client. The first ones can be read before they are consumed. */
final class ReadAhead extends InputStream {
  private final InputStream rest;
  private byte[] ahead = new byte[0];

  ReadAhead(InputStream rest) {
    this.rest = rest;
  }

  /**
   * Reads until so many bytes are buffered.
   *
   * @return false if the client has ended before
   */
  boolean fill(int count) throws IOException {
    while (ahead.length < count) {
      byte[] read = new byte[count - ahead.length];
      int length = rest.read(read);
      if (length < 0) {
        return false;
      }
      int before = ahead.length;
      ahead = Arrays.copyOf(ahead, before + length);
      System.arraycopy(read, 0, ahead, before, length);
    }
    return true;
  }

  /** One of the buffered bytes, unsigned. */
  int at(int index) {
    return ahead[index] & 0xff;
  }

  /** Consumes the first of the buffered bytes. */
  byte[] take(int count) {
    byte[] taken = Arrays.copyOf(ahead, count);
    ahead = Arrays.copyOfRange(ahead, count, ahead.length);
    return taken;
  }

  /** Consumes all buffered bytes, which the socket will not return again. */
  InputStream takeAll() {
    return new ByteArrayInputStream(take(ahead.length));
  }

  @Override
  public int read() throws IOException {
    return ahead.length > 0 ? take(1)[0] & 0xff : rest.read();
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (ahead.length == 0) {
      return rest.read(bytes, offset, length);
    }
    byte[] taken = take(Math.min(length, ahead.length));
    System.arraycopy(taken, 0, bytes, offset, taken.length);
    return taken.length;
  }

  @Override
  public int available() throws IOException {
    return ahead.length + rest.available();
  }
}
