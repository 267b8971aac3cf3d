package dev.clinicnet.simulator.edge;

import java.io.IOException;
import java.io.InputStream;

/** A request's body as the client sends it. */
final class RequestBody extends InputStream {
  /** Tells a client that waits to send its body. */
  @FunctionalInterface
  interface Invitation {
    void send() throws IOException;
  }

  private final InputStream content;
  private final long length;
  private long count;
  private Invitation invitation;
  private volatile boolean begun;
  private volatile boolean ended;

  /**
   * A body.
   *
   * @param length its length in bytes; negative if its end alone tells it
   * @param invitation null for a client that does not wait
   */
  RequestBody(InputStream content, long length, Invitation invitation) {
    this.content = content;
    this.length = length;
    this.invitation = invitation;
  }

  /** Whether all of it was read. */
  boolean hasEnded() {
    return ended;
  }

  /** Whether a part of it was read. */
  boolean hasBegun() {
    return begun;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int most) throws IOException {
    begun = true;
    if (invitation != null) {
      invitation.send();
      invitation = null;
    }
    int read = content.read(bytes, offset, most);
    count += Math.max(read, 0);
    ended = ended || read < 0 || count == length;
    return read;
  }
}
