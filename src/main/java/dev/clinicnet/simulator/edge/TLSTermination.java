package dev.clinicnet.simulator.edge;

import dev.clinicnet.simulator.traffic.TLSFacts;
import dev.clinicnet.simulator.traffic.TLSSettings;
import dev.clinicnet.simulator.traffic.TLSSettings.Verification;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/**
 * Ends TLS on a client's connection. No session is resumed, so that a client shows its certificate
 * in each handshake.
 */
final class TLSTermination {
  /** Milliseconds that a client may take for each of its messages. */
  private static final int TIMEOUT = 10_000;

  private static final String HTTP_1_1 = "http/1.1";

  private final Clock clock;

  /** Verifies certificates at the time of a clock. */
  TLSTermination(Clock clock) {
    this.clock = clock;
  }

  /** A connection after the handshake. */
  record Terminated(Wire wire, TLSFacts facts) {}

  /**
   * Makes the handshake.
   *
   * @param http whether HTTP/1.1 follows
   * @throws IOException if it fails; the client has got the reason, as far as TLS allows
   */
  Terminated shakeHands(
      Wire wire, TLSSettings settings, ServerIdentity identity, String sni, boolean http)
      throws IOException {
    ClientVerification clients =
        new ClientVerification(settings.authorities(), settings.verification(), clock.instant());
    wire.timeout(TIMEOUT);
    try {
      SSLSocket secure = socket(wire, identity, clients);
      secure.setUseClientMode(false);
      secure.setEnabledProtocols(protocols(settings));
      ask(secure, settings);
      if (http) {
        secure.setHandshakeApplicationProtocolSelector(
            (socket, offered) -> offered.contains(HTTP_1_1) ? HTTP_1_1 : "");
      }
      secure.startHandshake();
      return new Terminated(wire.secured(secure), facts(secure.getSession(), sni, clients));
    } catch (IOException e) {
      wire.linger();
      throw e;
    }
  }

  private static SSLSocket socket(Wire wire, ServerIdentity identity, ClientVerification clients)
      throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[] {identity}, new TrustManager[] {clients}, null);
      // After a failure the connection stays open, so that the client can read the alert.
      return (SSLSocket)
          context.getSocketFactory().createSocket(wire.raw(), wire.ahead().takeAll(), false);
    } catch (GeneralSecurityException e) {
      throw new IOException("no TLS to be had", e);
    }
  }

  private static String[] protocols(TLSSettings settings) throws IOException {
    List<String> versions =
        List.of("1.2", "1.3").stream()
            .filter(version -> version.compareTo(settings.minVersion()) >= 0)
            .filter(version -> version.compareTo(settings.maxVersion()) <= 0)
            .map(version -> "TLSv" + version)
            .toList();
    if (versions.isEmpty()) {
      throw new IOException("no version of TLS is left");
    }
    return versions.toArray(String[]::new);
  }

  private static void ask(SSLSocket secure, TLSSettings settings) {
    if (settings.authorities().isEmpty()) {
      return;
    }
    if (settings.verification() == Verification.REQUEST) {
      secure.setWantClientAuth(true);
    } else {
      secure.setNeedClientAuth(true);
    }
  }

  private static TLSFacts facts(SSLSession session, String sni, ClientVerification clients) {
    List<X509Certificate> chain = chain(session);
    return new TLSFacts(
        session.getProtocol().substring("TLSv".length()),
        session.getCipherSuite(),
        sni,
        chain,
        clients.trusts(chain));
  }

  private static List<X509Certificate> chain(SSLSession session) {
    try {
      Certificate[] shown = session.getPeerCertificates();
      return Arrays.stream(shown).map(X509Certificate.class::cast).toList();
    } catch (SSLPeerUnverifiedException e) {
      return List.of();
    }
  }
}
