package dev.clinicnet.simulator.edge;

import dev.clinicnet.simulator.traffic.ClientConnection;
import dev.clinicnet.simulator.traffic.Unreachable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.regex.Pattern;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** Opens an agent's connections to its upstream. */
final class UpstreamDial {
  /** The timeout in milliseconds. */
  private static final int TIMEOUT = 5000;

  /** HTTP/2 in a TLS handshake. */
  private static final String HTTP2 = "h2";

  private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]");

  private final OpenConnections connections;
  private final EndpointDirectory directory;

  UpstreamDial(OpenConnections connections, EndpointDirectory directory) {
    this.connections = connections;
    this.directory = directory;
  }

  /**
   * Opens a connection, which begins with the configured PROXY header.
   *
   * <p>With {@code https} and {@code tls} the agent uses TLS and does not verify the certificate of
   * the upstream, like an agent without {@code --upstream-tls-verify}.
   *
   * @param encrypted whether the bytes are the client's own TLS, which is passed on as it is
   * @throws Unreachable if nothing answers
   */
  Wire open(OnlineEndpoint endpoint, ClientConnection connection, boolean encrypted)
      throws Unreachable {
    Upstream upstream =
        endpoint
            .upstream()
            .orElseThrow(
                () ->
                    new Unreachable(
                        "ERR_NGROK_6029",
                        "the traffic policy configured for cloud endpoint %s is non-terminating"
                            .formatted(endpoint.endpoint().id())));
    return upstream.carrier().isPresent()
        ? carried(endpoint, upstream, upstream.carrier().get(), connection, encrypted)
        : dialled(endpoint, upstream, connection, encrypted);
  }

  private Wire carried(
      OnlineEndpoint endpoint,
      Upstream upstream,
      Carrier carrier,
      ClientConnection connection,
      boolean encrypted)
      throws Unreachable {
    Socket socket = null;
    try {
      socket = carrier.open(connection.client(), encrypted);
      return begun(socket, endpoint, upstream, connection);
    } catch (IOException e) {
      if (socket != null) {
        close(socket);
      }
      throw unreachable(upstream, upstream.url(), e);
    }
  }

  private Wire dialled(
      OnlineEndpoint endpoint, Upstream upstream, ClientConnection connection, boolean encrypted)
      throws Unreachable {
    UpstreamAddress address = UpstreamAddress.of(upstream.url());
    InetSocketAddress place = place(upstream, address);
    Socket socket = new Socket();
    connections.add(socket, upstream.session());
    try {
      socket.connect(place, TIMEOUT);
      Wire wire = begun(socket, endpoint, upstream, connection);
      return address.secure() && !encrypted ? secured(wire, address, upstream) : wire;
    } catch (IOException e) {
      close(socket);
      throw unreachable(upstream, address.text(), e);
    }
  }

  /** A new connection with its PROXY header, if it has one. */
  private Wire begun(
      Socket socket, OnlineEndpoint endpoint, Upstream upstream, ClientConnection connection)
      throws IOException {
    connections.add(socket, upstream.session());
    // The session may have ended before the socket was registered for it.
    if (directory.again(endpoint).isEmpty()) {
      throw new IOException("the endpoint has gone offline");
    }
    Wire wire = Wire.of(socket);
    if (!upstream.proxyProtocol().isEmpty()) {
      wire.output()
          .write(
              ProxyHeaderText.of(
                  upstream.proxyProtocol(), connection.client(), connection.server()));
    }
    return wire;
  }

  private static Unreachable unreachable(Upstream upstream, String address, IOException cause) {
    return new Unreachable(
        "ERR_NGROK_8012",
        "%s failed to establish a connection to the upstream at %s: %s"
            .formatted(upstream.agent(), address, cause.getMessage()));
  }

  /** Closes a connection. */
  void close(Wire wire) {
    close(wire.raw());
  }

  private void close(Socket socket) {
    connections.remove(socket);
    try {
      socket.close();
    } catch (IOException e) {
      // Closed already.
    }
  }

  private static InetSocketAddress place(Upstream upstream, UpstreamAddress address)
      throws Unreachable {
    InetSocketAddress stand = upstream.network().get(address.text());
    if (stand != null) {
      return stand;
    }
    if (LOOPBACK.matcher(address.host()).matches()) {
      return address.host().startsWith("127.")
          ? new InetSocketAddress(address.host(), address.port())
          : new InetSocketAddress(loopback(address), address.port());
    }
    throw new Unreachable(
        "ERR_NGROK_8012",
        "%1$s cannot reach %2$s from here; say what stands for it with PUT /_simulator/agents/%1$s/upstreams"
            .formatted(upstream.agent(), address.text()));
  }

  private static InetAddress loopback(UpstreamAddress address) {
    byte[] six = new byte[16];
    six[15] = 1;
    try {
      return InetAddress.getByAddress(
          address.host().startsWith("[") ? six : new byte[] {127, 0, 0, 1});
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Wire secured(Wire wire, UpstreamAddress address, Upstream upstream)
      throws IOException {
    wire.timeout(TIMEOUT);
    SSLSocket secure =
        (SSLSocket)
            AnyServer.sockets().createSocket(wire.raw(), address.host(), address.port(), true);
    if (upstream.speaksHTTP2()) {
      SSLParameters parameters = secure.getSSLParameters();
      parameters.setApplicationProtocols(new String[] {HTTP2});
      secure.setSSLParameters(parameters);
    }
    secure.startHandshake();
    if (upstream.speaksHTTP2() && !secure.getApplicationProtocol().equals(HTTP2)) {
      throw new IOException("it does not offer HTTP/2");
    }
    wire.timeout(0);
    return wire.secured(secure);
  }
}
