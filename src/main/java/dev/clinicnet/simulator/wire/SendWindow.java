package dev.clinicnet.simulator.wire;

import java.io.IOException;

/** How many bytes a stream may still send before the other side has read some. */
final class SendWindow {
  private long left;
  private String ended = "";

  SendWindow(int bytes) {
    this.left = bytes;
  }

  /**
   * Waits for room, and takes it.
   *
   * @return how many of the wanted bytes may be sent now, at least 1
   * @throws IOException if the stream has ended
   */
  synchronized int take(int wanted) throws IOException {
    try {
      while (left <= 0 && ended.isEmpty()) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the other side read nothing", e);
    }
    if (!ended.isEmpty()) {
      throw new IOException(ended);
    }
    int taken = (int) Math.min(wanted, left);
    left -= taken;
    return taken;
  }

  synchronized void add(int bytes) {
    left += bytes;
    notifyAll();
  }

  /** Makes each present and later wait fail. The first reason stays. */
  synchronized void end(String reason) {
    if (ended.isEmpty()) {
      ended = reason;
    }
    notifyAll();
  }
}
