package dev.clinicnet.simulator.wire;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayDeque;
import java.util.Deque;

/** The bytes that a stream has got and nobody has read yet. */
final class ReceiveBuffer {
  private final int capacity;
  private final Deque<byte[]> chunks = new ArrayDeque<>();
  private int offset;
  private int size;
  private boolean complete;
  private String failed = "";

  ReceiveBuffer(int capacity) {
    this.capacity = capacity;
  }

  /**
   * Stores bytes of the other side.
   *
   * @return false if the other side has sent more than its window permits
   */
  synchronized boolean add(byte[] bytes) {
    if (size + bytes.length > capacity) {
      return false;
    }
    if (bytes.length > 0 && failed.isEmpty()) {
      chunks.add(bytes);
      size += bytes.length;
      notifyAll();
    }
    return true;
  }

  /** The other side sends no more. What it has sent can still be read. */
  synchronized void complete() {
    complete = true;
    notifyAll();
  }

  /** Makes each present and later read fail, and forgets all bytes. The first reason stays. */
  synchronized void fail(String reason) {
    if (failed.isEmpty()) {
      failed = reason;
    }
    chunks.clear();
    size = 0;
    offset = 0;
    notifyAll();
  }

  synchronized int available() {
    return size;
  }

  /**
   * Reads at least one byte.
   *
   * @param timeout in milliseconds; 0: waits forever
   * @return the number of bytes; -1 after the last one
   * @throws SocketTimeoutException if none has come in time
   */
  synchronized int read(byte[] into, int at, int length, int timeout) throws IOException {
    long until = System.nanoTime() + timeout * 1_000_000L;
    try {
      while (size == 0 && !complete && failed.isEmpty()) {
        wait(timeout == 0 ? 0 : left(until));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the other side sent nothing", e);
    }
    if (!failed.isEmpty()) {
      throw new IOException(failed);
    }
    if (size == 0) {
      return -1;
    }
    byte[] first = chunks.peek();
    int read = Math.min(length, first.length - offset);
    System.arraycopy(first, offset, into, at, read);
    offset += read;
    size -= read;
    if (offset == first.length) {
      chunks.remove();
      offset = 0;
    }
    return read;
  }

  /** Milliseconds, at least 1. */
  private static long left(long until) throws SocketTimeoutException {
    long left = (until - System.nanoTime() + 999_999) / 1_000_000;
    if (left <= 0) {
      throw new SocketTimeoutException("the other side has sent nothing");
    }
    return left;
  }
}
