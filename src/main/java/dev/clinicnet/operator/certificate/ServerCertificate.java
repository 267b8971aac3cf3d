package dev.clinicnet.operator.certificate;

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
   * @throws CertificateProblem on the key: it is none, or not that of the certificate
   */
  public static ServerCertificate of(CertificateBundle chain, String privateKeyPem) {
    PemBlock key = PrivateKeys.block(privateKeyPem);
    PrivateKeys.requireMatch(key, chain.first().getPublicKey());
    return new ServerCertificate(chain, new PrivateKeyText(key.text()));
  }
}
