package dev.clinicnet.simulator.wire;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The platform's side of a muxado connection. There is no handshake. The agent opens streams with
 * odd ids, the platform with even ones.
 */
final class Mux implements MuxStream.FrameSink {
  private static final int MOST_STREAMS = 10_000;

  private final InputStream input;
  private final OutputStream output;
  private final Closeable transport;
  private final Consumer<MuxStream> accepted;
  private final Map<Integer, MuxStream> streams = new ConcurrentHashMap<>();
  private final Object opening = new Object();
  private int last;
  private volatile int lastSeen;
  private volatile boolean wentAway;
  private volatile boolean closed;

  /**
   * A connection.
   *
   * @param transport is closed at the end
   * @param accepted gets each stream that the agent opens; it must not block
   */
  Mux(InputStream input, OutputStream output, Closeable transport, Consumer<MuxStream> accepted) {
    this.input = input;
    this.output = output;
    this.transport = transport;
    this.accepted = accepted;
  }

  /** Reads frames until the connection has ended, and ends all streams then. */
  void run() {
    String reason = "the agent has ended the connection";
    try {
      for (Frame frame = Frame.read(input); frame != null; frame = Frame.read(input)) {
        take(frame);
      }
    } catch (ProtocolException e) {
      reason = e.getMessage();
      goAway(e.error(), reason);
    } catch (IOException e) {
      reason = "the connection has failed: " + e.getMessage();
    } finally {
      cut(reason);
    }
  }

  /** Whether the agent has said that it ends the connection, so that it has not crashed. */
  boolean wentAway() {
    return wentAway;
  }

  /** Opens a stream, of which the agent learns with the first byte. */
  MuxStream open() throws IOException {
    synchronized (opening) {
      last += 2;
      if (last < 0 || closed || wentAway) {
        throw new IOException("the agent's connection has ended");
      }
      MuxStream stream = new MuxStream(last, this, false);
      streams.put(last, stream);
      return stream;
    }
  }

  /** Says why the connection ends. Best effort: the agent may read nothing any more. */
  void goAway(WireError error, String reason) {
    try {
      send(Frame.goAway(lastSeen, error, reason));
    } catch (IOException e) {
      // The connection has ended already.
    }
  }

  /** Ends the connection at once, without a word. */
  void cut(String reason) {
    closed = true;
    try {
      transport.close();
    } catch (IOException e) {
      // Nothing is left to end.
    }
    streams.values().forEach(stream -> stream.fail(reason));
    streams.clear();
  }

  @Override
  public void send(Frame frame) throws IOException {
    byte[] bytes = frame.bytes();
    synchronized (output) {
      output.write(bytes);
      output.flush();
    }
  }

  @Override
  public void ended(int stream) {
    streams.remove(stream);
  }

  private void take(Frame frame) throws IOException {
    if (frame.type() == Frame.GO_AWAY) {
      wentAway = true;
    } else if (frame.syn()) {
      begin(frame);
    } else if (frame.type() <= Frame.WINDOW_INCREMENT) {
      MuxStream stream = streams.get(frame.stream());
      if (stream != null) {
        stream.take(frame);
      } else if (frame.type() == Frame.DATA && frame.content().length > 0) {
        send(Frame.reset(frame.stream(), WireError.STREAM_CLOSED));
      }
    }
  }

  private void begin(Frame frame) throws IOException {
    if ((frame.stream() & 1) == 0 || streams.containsKey(frame.stream())) {
      throw new ProtocolException(
          WireError.PROTOCOL, "an agent cannot open stream %d".formatted(frame.stream()));
    }
    lastSeen = Math.max(lastSeen, frame.stream());
    if (streams.size() >= MOST_STREAMS) {
      send(Frame.reset(frame.stream(), WireError.STREAM_REFUSED));
      return;
    }
    MuxStream stream = new MuxStream(frame.stream(), this, true);
    streams.put(frame.stream(), stream);
    stream.take(frame);
    accepted.accept(stream);
  }
}
