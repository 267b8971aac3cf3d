package dev.clinicnet.simulator.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;

/** Bytes on their way from one thread to another, without a limit. */
final class Pipe {
  private final Deque<Integer> bytes = new ArrayDeque<>();
  private boolean ended;

  OutputStream output() {
    return new OutputStream() {
      @Override
      public void write(int value) throws IOException {
        synchronized (bytes) {
          if (ended) {
            throw new IOException("the pipe has ended");
          }
          bytes.add(value & 0xff);
          bytes.notifyAll();
        }
      }
    };
  }

  InputStream input() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        synchronized (bytes) {
          while (bytes.isEmpty() && !ended) {
            try {
              bytes.wait();
            } catch (InterruptedException e) {
              throw new IOException(e);
            }
          }
          return bytes.isEmpty() ? -1 : bytes.remove();
        }
      }
    };
  }

  /** All bytes that nobody has read yet. */
  byte[] left() {
    synchronized (bytes) {
      ByteArrayOutputStream left = new ByteArrayOutputStream();
      bytes.forEach(left::write);
      return left.toByteArray();
    }
  }

  void end() {
    synchronized (bytes) {
      ended = true;
      bytes.notifyAll();
    }
  }
}
