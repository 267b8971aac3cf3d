package dev.clinicnet.operator.certificate;

import java.security.cert.X509Certificate;
import java.util.Objects;

/**
 * A server's certificate with its private key, which belong together.
 *
 * @param chain its certificate first
 */
public record ServerCertificate(CertificateBundle chain, PrivateKeyText privateKey) {

  public ServerCertificate {
    Objects.requireNonNull(chain, "chain");
    Objects.requireNonNull(privateKey, "privateKey");
  }

  /**
   * Reads a private key (RSA, EC or Ed25519; PKCS#8, PKCS#1 or SEC1) for a certificate.
   *
   * @throws CertificateProblem on the key: the text is not a key, or not that of the first
   *     certificate
   */
  public static ServerCertificate of(CertificateBundle chain, String privateKeyPem) {
    PemBlock key = PrivateKeys.block(privateKeyPem);
    if (!PrivateKeys.match(key, chain.first().getPublicKey())) {
      throw chain.certificates().stream()
          .filter(certificate -> PrivateKeys.match(key, certificate.getPublicKey()))
          .findFirst()
          .map(ServerCertificate::notFirst)
          .orElseGet(ServerCertificate::ofAnother);
    }
    return new ServerCertificate(chain, new PrivateKeyText(key.text()));
  }

  private static CertificateProblem notFirst(X509Certificate own) {
    return new CertificateProblem(
        "is the private key of the certificate %s, which is not the first of its chain: store that"
                .formatted(CertificateBundle.subject(own))
            + " one first, then the one that signed it, and so on up to the root");
  }

  private static CertificateProblem ofAnother() {
    return new CertificateProblem(
        "is not the private key of the certificate: store the two that belong together");
  }
}
