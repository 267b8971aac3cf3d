package dev.clinicnet.simulator.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

/** One stream of a connection: bytes in both directions, each of which ends by itself. */
final class MuxStream {
  /** Bytes that one side may send before the other side has read some. */
  static final int WINDOW = 256 * 1024;

  /** Content of a frame, so that no stream keeps the others waiting for long. */
  private static final int LARGEST = 32 * 1024;

  private final int id;
  private final FrameSink sink;
  private final ReceiveBuffer received = new ReceiveBuffer(WINDOW);
  private final SendWindow window = new SendWindow(WINDOW);

  /**
   * Keeps the frames of the stream in order. Whoever has it may wait for the window, so the thread
   * that reads the connection must never want it: that thread alone widens the window.
   */
  private final Object sending = new Object();

  private boolean opened;
  private volatile boolean outputEnded;
  private volatile boolean inputEnded;
  private volatile int timeout;

  /** Where a stream's frames go. */
  interface FrameSink {
    void send(Frame frame) throws IOException;

    /** The stream has ended in both directions. More than one thread may say so. */
    void ended(int stream);
  }

  /**
   * A stream.
   *
   * @param opened whether the other side knows it; otherwise its first frame opens it
   */
  MuxStream(int id, FrameSink sink, boolean opened) {
    this.id = id;
    this.sink = sink;
    this.opened = opened;
  }

  int id() {
    return id;
  }

  InputStream input() {
    return new Input();
  }

  OutputStream output() {
    return new Output();
  }

  /** How long a read waits, in milliseconds; 0: forever. */
  void timeout(int milliseconds) {
    timeout = milliseconds;
  }

  int timeout() {
    return timeout;
  }

  /** Says that no more will be sent. */
  void endOutput() throws IOException {
    synchronized (sending) {
      if (outputEnded) {
        return;
      }
      outputEnded = true;
      window.end("the output has been ended");
      if (opened) {
        sink.send(Frame.data(id, Frame.FIN, new byte[0]));
      }
    }
    endedIfBoth();
  }

  /** Ends both directions. What was sent before still arrives. */
  void close() {
    fail("the stream has been closed");
    try {
      endOutput();
    } catch (IOException e) {
      // The connection has ended, and the stream with it.
    }
    sink.ended(id);
  }

  /** Ends both directions at once, because the other side has broken a rule. */
  void reset(WireError error) {
    fail("the stream has been reset");
    sink.ended(id);
    try {
      sink.send(Frame.reset(id, error));
    } catch (IOException e) {
      // The connection has ended, and the stream with it.
    }
  }

  /** Takes a frame of the other side. */
  void take(Frame frame) throws ProtocolException {
    switch (frame.type()) {
      case Frame.DATA -> {
        if (!received.add(frame.content())) {
          reset(WireError.FLOW_CONTROL);
        } else if (frame.fin()) {
          received.complete();
          inputEnded = true;
          endedIfBoth();
        }
      }
      case Frame.WINDOW_INCREMENT -> window.add(frame.number());
      default -> {
        fail("the other side has closed the stream");
        sink.ended(id);
      }
    }
  }

  /** Makes reads and writes fail, because the stream or the connection has ended. */
  void fail(String reason) {
    received.fail(reason);
    window.end(reason);
  }

  private void endedIfBoth() {
    if (inputEnded && outputEnded) {
      sink.ended(id);
    }
  }

  private int syn() {
    int flag = opened ? 0 : Frame.SYN;
    opened = true;
    return flag;
  }

  private void write(byte[] bytes, int offset, int length) throws IOException {
    synchronized (sending) {
      int sent = 0;
      while (sent < length) {
        int size = window.take(Math.min(length - sent, LARGEST));
        int from = offset + sent;
        sink.send(Frame.data(id, syn(), Arrays.copyOfRange(bytes, from, from + size)));
        sent += size;
      }
    }
  }

  private final class Input extends InputStream {

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      int read = received.read(bytes, offset, length, timeout);
      if (read > 0) {
        sink.send(Frame.windowIncrement(id, read));
      }
      return read;
    }

    @Override
    public int available() {
      return received.available();
    }
  }

  private final class Output extends OutputStream {

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      MuxStream.this.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      endOutput();
    }
  }
}
