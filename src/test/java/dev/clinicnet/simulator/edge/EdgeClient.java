package dev.clinicnet.simulator.edge;

import dev.clinicnet.simulator.TestAuthority;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;

/**
 * A client of the edge, with a new connection for each request. Each of the {@code with} methods
 * gives another client that differs in one thing; by default it comes from 127.0.0.1 without a
 * PROXY header, shows no certificate, and speaks TLS 1.2 or 1.3.
 */
public final class EdgeClient {
  /** Milliseconds; a test that waits so long has failed. */
  private static final int TIMEOUT = 20_000;

  private static final int PROXY_SOURCE_PORT = 40_000;
  private static final String PROXY_DESTINATION = "192.0.2.1";
  private static final String PROXY_DESTINATION_6 = "2001:db8::1";

  private final Supplier<Map<String, InetSocketAddress>> addresses;
  private final String authorities;
  private final byte[] proxyHeader;
  private final Optional<TestAuthority.Identity> identity;
  private final List<String> protocols;
  private final Optional<String> sni;

  private EdgeClient(
      Supplier<Map<String, InetSocketAddress>> addresses,
      String authorities,
      byte[] proxyHeader,
      Optional<TestAuthority.Identity> identity,
      List<String> protocols,
      Optional<String> sni) {
    this.addresses = addresses;
    this.authorities = authorities;
    this.proxyHeader = proxyHeader;
    this.identity = identity;
    this.protocols = protocols;
    this.sni = sni;
  }

  /** A client that trusts the edge's authority alone. */
  public static EdgeClient of(Edge edge) {
    return of(edge::addresses, edge.certificateAuthority());
  }

  /**
   * A client of an edge that is elsewhere.
   *
   * @param addresses the listener for each public endpoint's URL
   * @param authorities PEM, of the servers that it trusts
   */
  public static EdgeClient of(
      Supplier<Map<String, InetSocketAddress>> addresses, String authorities) {
    return new EdgeClient(
        addresses,
        authorities,
        new byte[0],
        Optional.empty(),
        List.of("TLSv1.2", "TLSv1.3"),
        Optional.empty());
  }

  /** Comes from an IPv4 or IPv6 address, by a PROXY header of version 1; empty: without one. */
  public EdgeClient withAddress(String address) {
    byte[] header = address.isEmpty() ? new byte[0] : proxyHeader("1", address);
    return new EdgeClient(addresses, authorities, header, identity, protocols, sni);
  }

  /** The same by a PROXY header of version 2. */
  public EdgeClient withBinaryAddress(String address) {
    byte[] header = proxyHeader("2", address);
    return new EdgeClient(addresses, authorities, header, identity, protocols, sni);
  }

  /** Shows a certificate when it is asked for one; null: none. */
  public EdgeClient withCertificate(TestAuthority.Identity certificate) {
    return new EdgeClient(
        addresses, authorities, proxyHeader, Optional.ofNullable(certificate), protocols, sni);
  }

  /** Speaks one version of TLS: {@code 1.2} or {@code 1.3}. */
  public EdgeClient withTLS(String version) {
    return new EdgeClient(
        addresses, authorities, proxyHeader, identity, List.of("TLSv" + version), sni);
  }

  /** Names another server in its hello than the URL's host; empty: none. */
  public EdgeClient withSNI(String name) {
    return new EdgeClient(
        addresses, authorities, proxyHeader, identity, protocols, Optional.of(name));
  }

  /** Trusts the servers of another authority, PEM. */
  public EdgeClient withTrust(String pem) {
    return new EdgeClient(addresses, pem, proxyHeader, identity, protocols, sni);
  }

  /**
   * The result of a request.
   *
   * @param outcome the status code; {@code closed} if the connection has ended without a response,
   *     {@code certificate refused} if TLS says so, {@code handshake failed} for another reason of
   *     TLS
   * @param headers of the response by name in lower case, the last of each name
   * @param body empty without a response
   */
  public record Answer(String outcome, Map<String, String> headers, String body) {}

  /** A GET without headers. */
  public Answer get(String url) {
    return request("GET", url, Map.of());
  }

  /** A request without a body. */
  public Answer request(String method, String url, Map<String, String> headers) {
    return request(method, url, headers, null);
  }

  /**
   * A request.
   *
   * @param url its path and query are sent as they are; without a path {@code /} is sent
   * @param headers a {@code Host} replaces the URL's
   * @param body null: none
   */
  public Answer request(String method, String url, Map<String, String> headers, byte[] body) {
    Origin origin = Origin.of(url);
    try (Socket socket = connect(origin.text());
        DefaultBHttpClientConnection connection =
            new DefaultBHttpClientConnection(Http1Config.DEFAULT)) {
      connection.bind(socket);
      BasicClassicHttpRequest request = new BasicClassicHttpRequest(method, "/");
      if (url.length() > origin.text().length()) {
        request.setPath(url.substring(origin.text().length()));
      }
      request.setHeader("Host", origin.host());
      headers.forEach(request::setHeader);
      if (body != null) {
        request.setHeader("Content-Length", body.length);
        request.setEntity(new ByteArrayEntity(body, null));
      }
      connection.sendRequestHeader(request);
      if (body != null) {
        connection.sendRequestEntity(request);
      }
      connection.flush();
      return answer(connection, method);
    } catch (SSLException e) {
      return refused(e);
    } catch (IOException e) {
      return new Answer("closed", Map.of(), "");
    } catch (HttpException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Opens a connection to the listener of an endpoint, behind the PROXY header if there is one, and
   * with TLS for https and tls; the caller closes it.
   *
   * @param url scheme, host and port, as the endpoint's; the host need not be online for schemes
   *     that share a listener
   * @throws SSLException if the handshake has failed; with TLS 1.3 a refusal may come later
   */
  public Socket connect(String url) throws IOException {
    Origin origin = Origin.of(url);
    InetSocketAddress listener = listener(origin);
    Socket socket = new Socket(listener.getAddress(), listener.getPort());
    try {
      socket.setSoTimeout(TIMEOUT);
      socket.getOutputStream().write(proxyHeader);
      return origin.isSecure() ? secured(socket, origin.host()) : socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private record Origin(String scheme, String host, String text) {
    static Origin of(String url) {
      int end = url.indexOf('/', url.indexOf("://") + 3);
      String text = end < 0 ? url : url.substring(0, end);
      URI uri = URI.create(text);
      return new Origin(uri.getScheme(), uri.getHost(), text);
    }

    boolean isSecure() {
      return scheme.equals("https") || scheme.equals("tls");
    }

    boolean sharesListener(String url) {
      return isSecure()
          ? url.startsWith("https://") || url.startsWith("tls://")
          : scheme.equals("http") && url.startsWith("http://");
    }
  }

  private InetSocketAddress listener(Origin origin) {
    Map<String, InetSocketAddress> known = addresses.get();
    return known.entrySet().stream()
        .filter(each -> each.getKey().equals(origin.text()) || origin.sharesListener(each.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no listener for " + origin.text()));
  }

  private static byte[] proxyHeader(String version, String source) {
    String destination = source.contains(":") ? PROXY_DESTINATION_6 : PROXY_DESTINATION;
    try {
      return ProxyHeaderText.of(
          version,
          new InetSocketAddress(InetAddress.getByName(source), PROXY_SOURCE_PORT),
          new InetSocketAddress(InetAddress.getByName(destination), 443));
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private SSLSocket secured(Socket socket, String host) throws IOException {
    SSLSocket secure =
        (SSLSocket) context().getSocketFactory().createSocket(socket, host, 443, true);
    secure.setEnabledProtocols(protocols.toArray(String[]::new));
    SSLParameters parameters = secure.getSSLParameters();
    String name = sni.orElse(host);
    parameters.setServerNames(name.isEmpty() ? List.of() : List.of(new SNIHostName(name)));
    if (sni.isEmpty()) {
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
    }
    secure.setSSLParameters(parameters);
    secure.startHandshake();
    return secure;
  }

  private SSLContext context() throws IOException {
    try (InputStream pem =
        new ByteArrayInputStream(authorities.getBytes(StandardCharsets.US_ASCII))) {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      trusted.setCertificateEntry(
          "authority", CertificateFactory.getInstance("X.509").generateCertificate(pem));
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          identity
              .map(each -> new KeyManager[] {new ClientIdentity(each)})
              .orElse(new KeyManager[0]),
          trust.getTrustManagers(),
          null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Answer answer(DefaultBHttpClientConnection connection, String method)
      throws IOException, HttpException {
    ClassicHttpResponse response = connection.receiveResponseHeader();
    if (response == null) {
      return new Answer("closed", Map.of(), "");
    }
    String body = "";
    if (!method.equals("HEAD") && response.getCode() != 204 && response.getCode() != 304) {
      connection.receiveResponseEntity(response);
      body = EntityUtils.toString(response.getEntity(), StandardCharsets.UTF_8);
    }
    return new Answer(Integer.toString(response.getCode()), ResponseFields.of(response), body);
  }

  private static Answer refused(SSLException e) {
    String message = String.valueOf(e.getMessage());
    boolean certificate = message.contains("certificate") && message.contains("alert");
    return new Answer(certificate ? "certificate refused" : "handshake failed", Map.of(), message);
  }
}
