package dev.clinicnet.operator.simulation;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import javax.net.SocketFactory;

/**
 * Connections that end in this process: what the client writes is a request of HTTP/1.1, and its
 * answer is made when the client reads. So the whole client is the real one.
 */
final class Wire extends SocketFactory {
  private final Peer peer;

  /** The other end. */
  interface Peer {
    /** Answers a request. An exception is what the client sees instead. */
    Response answer(Request request) throws IOException;
  }

  /** A request. Names of headers are in lower case. */
  record Request(
      String method, String path, String query, Map<String, String> headers, String body) {
    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  /** A response. */
  record Response(int status, String body) {}

  Wire(Peer peer) {
    this.peer = peer;
  }

  @Override
  public Socket createSocket() {
    return new Connection();
  }

  @Override
  public Socket createSocket(String host, int port) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
    throw new UnsupportedOperationException();
  }

  private final class Connection extends Socket {
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private byte[] answer = new byte[0];
    private int read;
    private boolean closed;

    @Override
    public void connect(SocketAddress endpoint, int timeout) {}

    @Override
    public boolean isConnected() {
      return true;
    }

    @Override
    public boolean isClosed() {
      return closed;
    }

    @Override
    public synchronized void close() {
      closed = true;
    }

    @Override
    public synchronized void setSoTimeout(int timeout) {}

    @Override
    public InetAddress getInetAddress() {
      return InetAddress.getLoopbackAddress();
    }

    @Override
    public OutputStream getOutputStream() {
      return sent;
    }

    @Override
    public InputStream getInputStream() {
      return new InputStream() {
        @Override
        public int read() throws IOException {
          byte[] one = new byte[1];
          return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
          if (read == answer.length) {
            if (sent.size() == 0) {
              throw new SocketTimeoutException("nothing was asked");
            }
            Request request = parse(sent.toByteArray());
            sent.reset();
            answer = bytes(peer.answer(request));
            read = 0;
          }
          int count = Math.min(length, answer.length - read);
          System.arraycopy(answer, read, to, offset, count);
          read += count;
          return count;
        }
      };
    }
  }

  private static Request parse(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    int end = text.indexOf("\r\n\r\n");
    String[] lines = text.substring(0, end).split("\r\n", -1);
    String[] first = lines[0].split(" ", -1);
    Map<String, String> headers = new HashMap<>();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      headers.put(
          lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
          lines[i].substring(colon + 1).strip());
    }
    int mark = first[1].indexOf('?');
    return new Request(
        first[0],
        mark < 0 ? first[1] : first[1].substring(0, mark),
        mark < 0 ? null : first[1].substring(mark + 1),
        headers,
        text.substring(end + 4));
  }

  private static byte[] bytes(Response response) {
    byte[] body = response.body().getBytes(StandardCharsets.UTF_8);
    String head =
        "HTTP/1.1 "
            + response.status()
            + " -\r\nContent-Type: application/json\r\n"
            + (response.status() == 204 ? "" : "Content-Length: " + body.length + "\r\n")
            + "\r\n";
    byte[] start = head.getBytes(StandardCharsets.UTF_8);
    byte[] all = new byte[start.length + body.length];
    System.arraycopy(start, 0, all, 0, start.length);
    System.arraycopy(body, 0, all, start.length, body.length);
    return all;
  }
}
