package dev.clinicnet.simulator.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;

/** A stream in the form of a connected socket, so that the edge treats it like one. */
final class StreamSocket extends Socket {
  private final MuxStream stream;
  private volatile boolean outputEnded;
  private volatile boolean closed;

  StreamSocket(MuxStream stream) {
    this.stream = stream;
  }

  @Override
  public InputStream getInputStream() {
    return stream.input();
  }

  @Override
  public OutputStream getOutputStream() {
    return stream.output();
  }

  @Override
  public void shutdownOutput() throws IOException {
    outputEnded = true;
    stream.endOutput();
  }

  @Override
  public void shutdownInput() {
    // A stream cannot refuse one direction only. Its close does.
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      stream.close();
    }
  }

  @Override
  public synchronized void setSoTimeout(int milliseconds) {
    stream.timeout(milliseconds);
  }

  @Override
  public synchronized int getSoTimeout() {
    return stream.timeout();
  }

  @Override
  public boolean isConnected() {
    return true;
  }

  @Override
  public boolean isBound() {
    return true;
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  @Override
  public boolean isOutputShutdown() {
    return outputEnded;
  }

  @Override
  public boolean isInputShutdown() {
    return false;
  }

  @Override
  public InetAddress getInetAddress() {
    return InetAddress.getLoopbackAddress();
  }

  @Override
  public InetAddress getLocalAddress() {
    return InetAddress.getLoopbackAddress();
  }

  @Override
  public int getPort() {
    return 0;
  }

  @Override
  public int getLocalPort() {
    return 0;
  }

  @Override
  public SocketAddress getRemoteSocketAddress() {
    return new InetSocketAddress(getInetAddress(), 0);
  }

  @Override
  public SocketAddress getLocalSocketAddress() {
    return getRemoteSocketAddress();
  }

  @Override
  public void setTcpNoDelay(boolean on) {
    // The connection below has it set.
  }

  @Override
  public boolean getTcpNoDelay() {
    return true;
  }

  @Override
  public void setSoLinger(boolean on, int seconds) {
    // A stream does not linger.
  }

  @Override
  public void setKeepAlive(boolean on) throws SocketException {
    // The heartbeat keeps the connection below alive.
  }
}
