package dev.clinicnet.simulator.edge;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;

/** A connection that is open already, for a library that wants to connect by itself. */
final class ConnectedSocket extends Socket {
  private final Wire wire;

  ConnectedSocket(Wire wire) {
    this.wire = wire;
  }

  @Override
  public void connect(SocketAddress address, int timeout) {
    // It leads to the upstream, whatever the address is.
  }

  @Override
  public InputStream getInputStream() {
    return wire.input();
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return wire.output();
  }

  @Override
  public synchronized void setSoTimeout(int milliseconds) {
    // Whoever uses it has its own limits.
  }

  @Override
  public void shutdownInput() {
    // Its end ends both directions.
  }

  @Override
  public void shutdownOutput() throws IOException {
    wire.endOutput();
  }

  @Override
  public synchronized void close() {
    wire.cut();
  }

  @Override
  public boolean isConnected() {
    return true;
  }

  @Override
  public boolean isClosed() {
    return wire.raw().isClosed();
  }
}
