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
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        synchronized (bytes) {
          try {
            while (bytes.isEmpty() && !ended) {
              bytes.wait();
            }
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
          int read = Math.min(length, bytes.size());
          for (int i = 0; i < read; i++) {
            into[offset + i] = bytes.remove().byteValue();
          }
          return read == 0 && length > 0 ? -1 : read;
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
