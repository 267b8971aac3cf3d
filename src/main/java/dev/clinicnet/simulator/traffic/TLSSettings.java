package dev.clinicnet.simulator.traffic;

import java.security.cert.X509Certificate;
import java.util.List;

/**
 * How the edge ends TLS, from the action {@code terminate-tls}.
 *
 * @param authorities the authorities whose client certificates are trusted; empty: no certificate
 *     is requested
 * @param verification how a client's certificate is verified
 * @param minVersion {@code 1.2} or {@code 1.3}
 * @param maxVersion {@code 1.2} or {@code 1.3}
 * @param serverCertificate PEM; empty: the edge's own certificate for the host
 * @param serverPrivateKey PEM; empty together with the certificate
 */
public record TLSSettings(
    List<X509Certificate> authorities,
    Verification verification,
    String minVersion,
    String maxVersion,
    String serverCertificate,
    String serverPrivateKey) {

  /** The documented strategies. */
  public enum Verification {
    /** A client must show a certificate that the authorities have signed. */
    REQUIRE_AND_VERIFY,
    /** A client must show some certificate. */
    REQUIRE_ANY,
    /** A client may show a certificate. */
    REQUEST
  }

  /** The settings of an https endpoint without {@code terminate-tls}. */
  public static TLSSettings defaults() {
    return new TLSSettings(List.of(), Verification.REQUEST, "1.2", "1.3", "", "");
  }
}
