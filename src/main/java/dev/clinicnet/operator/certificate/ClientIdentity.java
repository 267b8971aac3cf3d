package dev.clinicnet.operator.certificate;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * The identity of a client: a certificate with its private key, and the authority that signed it
 * and nothing else.
 *
 * @param authority one certificate
 * @param certificate the client's own
 */
public record ClientIdentity(
    CertificateBundle authority, CertificateBundle certificate, PrivateKeyText privateKey) {

  public ClientIdentity {
    Objects.requireNonNull(authority, "authority");
    Objects.requireNonNull(certificate, "certificate");
    Objects.requireNonNull(privateKey, "privateKey");
  }

  /**
   * Reads a stored identity, without a check whether the key fits.
   *
   * @param authorities the authorities, of which one has signed the certificate
   * @throws CertificateProblem when a text is something else, or when none of the authorities has
   *     signed it
   */
  public static ClientIdentity of(
      CertificateBundle authorities, String certificate, String privateKey) {
    CertificateBundle client = CertificateBundle.parse(certificate);
    X509Certificate authority =
        authorities.certificates().stream()
            .filter(
                a -> a.getSubjectX500Principal().equals(client.first().getIssuerX500Principal()))
            .findFirst()
            .orElseThrow(
                () -> new CertificateProblem("is signed by none of the authorities: replace both"));
    return new ClientIdentity(
        new CertificateBundle(List.of(authority)),
        client,
        new PrivateKeyText(PrivateKeys.block(privateKey).text()));
  }

  /** The time at which the identity expires. */
  public Instant expiry() {
    Instant own = certificate.earliestExpiry();
    return authority.earliestExpiry().isBefore(own) ? authority.earliestExpiry() : own;
  }
}
