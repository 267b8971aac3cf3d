package dev.clinicnet.simulator.edge;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import javax.net.ssl.SSLSocket;

/**
 * One connection, with or without TLS.
 *
 * @param raw the socket below TLS, or the same as {@code socket}
 * @param socket the socket with TLS if TLS was ended here
 * @param input the bytes of the other side; it may begin with bytes that were read before
 */
record Wire(Socket raw, Socket socket, InputStream input) {
  /** Milliseconds in which a refused side can read the reason. */
  private static final int LINGER = 1000;

  private static final int MOST_DISCARDED = 1 << 20;

  static Wire of(Socket socket) throws IOException {
    socket.setTcpNoDelay(true);
    return new Wire(socket, socket, new ReadAhead(socket.getInputStream()));
  }

  /** The same connection, as if it had begun with a PROXY header of this source. */
  Wire comingFrom(InetAddress client) {
    byte[] header =
        ProxyHeaderText.of("2", new InetSocketAddress(client, peer().getPort()), local());
    InputStream announced = new SequenceInputStream(new ByteArrayInputStream(header), input);
    return new Wire(raw, socket, new ReadAhead(announced));
  }

  /** The same connection with TLS. */
  Wire secured(SSLSocket secure) throws IOException {
    return new Wire(raw, secure, secure.getInputStream());
  }

  boolean isSecured() {
    return raw != socket;
  }

  /** The buffered input. Bytes that were read can be read again while there is no TLS. */
  ReadAhead ahead() {
    if (input instanceof ReadAhead ahead) {
      return ahead;
    }
    throw new IllegalStateException("TLS was ended already");
  }

  OutputStream output() throws IOException {
    return socket.getOutputStream();
  }

  InetSocketAddress peer() {
    return (InetSocketAddress) raw.getRemoteSocketAddress();
  }

  InetSocketAddress local() {
    return (InetSocketAddress) raw.getLocalSocketAddress();
  }

  /** How long a read waits, in milliseconds; 0: forever. */
  void timeout(int milliseconds) throws IOException {
    raw.setSoTimeout(milliseconds);
  }

  /** Tells the other side that no more will come. */
  void endOutput() throws IOException {
    socket.shutdownOutput();
    if (isSecured()) {
      raw.shutdownOutput();
    }
  }

  /** Ends both directions in order. */
  void close() {
    try {
      endOutput();
    } catch (IOException e) {
      // Ended already.
    }
    cut();
  }

  /** Ends the connection so that the other side can still read the last bytes. */
  void linger() {
    try {
      endOutput();
      raw.setSoTimeout(LINGER);
      long until = System.nanoTime() + LINGER * 1_000_000L;
      byte[] discarded = new byte[8192];
      int total = 0;
      int read = 0;
      while (read >= 0 && total < MOST_DISCARDED && System.nanoTime() < until) {
        read = raw.getInputStream().read(discarded);
        total += read;
      }
    } catch (IOException e) {
      // The other side has gone, or sends nothing.
    }
    cut();
  }

  /** Ends both directions at once. */
  void cut() {
    try {
      raw.close();
    } catch (IOException e) {
      // Nothing is left to end.
    }
  }
}
