package dev.clinicnet.operator.certificate;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * One certificate or several, in their order: a server's chain with its own certificate first, or
 * authorities.
 */
public record CertificateBundle(List<X509Certificate> certificates) {
  private static final String CERTIFICATE = "CERTIFICATE";
  private static final int LONGEST_SUBJECT = 120;

  public CertificateBundle {
    certificates = List.copyOf(certificates);
  }

  /**
   * Reads PEM text that holds certificates and nothing else.
   *
   * @throws CertificateProblem when the text has something else, or no certificate
   */
  public static CertificateBundle parse(String pem) {
    if (pem.isBlank()) {
      throw new CertificateProblem("is empty: store a certificate in PEM form");
    }
    List<X509Certificate> certificates = new ArrayList<>();
    for (PemBlock block : PemBlock.all(pem)) {
      if (!block.label().equals(CERTIFICATE)) {
        throw new CertificateProblem(
            "holds a "
                + block.label()
                + " where only certificates belong: take it out, and if it is a private key,"
                + " replace that key");
      }
      certificates.add(certificate(block));
    }
    if (certificates.isEmpty()) {
      throw new CertificateProblem(
          "is not PEM: store certificates that begin with -----BEGIN CERTIFICATE-----");
    }
    return new CertificateBundle(certificates);
  }

  private static X509Certificate certificate(PemBlock block) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(block.content()));
    } catch (CertificateException e) {
      throw new CertificateProblem(
          "has a block that is not an X.509 certificate: store the file as it was issued");
    }
  }

  /**
   * Refuses a bundle with a certificate that is not valid at a moment.
   *
   * @throws CertificateProblem whose message names the certificate
   */
  public CertificateBundle requireValidAt(Instant moment) {
    for (X509Certificate certificate : certificates) {
      Instant from = certificate.getNotBefore().toInstant();
      Instant until = certificate.getNotAfter().toInstant();
      if (moment.isAfter(until)) {
        throw new CertificateProblem(
            "holds the certificate %s, which expired at %s: replace it"
                .formatted(subject(certificate), until));
      }
      if (moment.isBefore(from)) {
        throw new CertificateProblem(
            "holds the certificate %s, which is not valid before %s: wait, or replace it"
                .formatted(subject(certificate), from),
            from);
      }
    }
    return this;
  }

  /**
   * Refuses a bundle with a certificate that may not sign others.
   *
   * @throws CertificateProblem whose message names the certificate
   */
  public CertificateBundle requireCAs() {
    for (X509Certificate certificate : certificates) {
      if (certificate.getBasicConstraints() < 0) {
        throw new CertificateProblem(
            "holds the certificate %s, which is not a CA (basicConstraints CA:TRUE is missing): store"
                    .formatted(subject(certificate))
                + " the certificate of the authority that signs");
      }
    }
    return this;
  }

  /** The time at which the first of them expires. */
  public Instant earliestExpiry() {
    return certificates.stream()
        .map(certificate -> certificate.getNotAfter().toInstant())
        .min(Instant::compareTo)
        .orElseThrow();
  }

  /** The first certificate. In a server's chain, it is the server's own. */
  public X509Certificate first() {
    return certificates.get(0);
  }

  /** The PEM text without the text around the certificates. Equal bundles have equal text. */
  public String pem() {
    return String.join("", pems());
  }

  /** The PEM text of each, in their order. */
  public List<String> pems() {
    return certificates.stream()
        .map(certificate -> new PemBlock(CERTIFICATE, encoded(certificate), false).text())
        .toList();
  }

  /**
   * The SHA-256 of all certificates in their order, in hex. Certificates are public, so the hash is
   * public too.
   */
  public String fingerprint() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      certificates.forEach(certificate -> digest.update(encoded(certificate)));
      return HexFormat.of().formatHex(digest.digest());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static byte[] encoded(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate that was read can be written", e);
    }
  }

  /** The subject of a certificate, in printable ASCII. */
  static String subject(X509Certificate certificate) {
    String name = certificate.getSubjectX500Principal().getName().replaceAll("[^ -~]", "?");
    return name.length() <= LONGEST_SUBJECT ? name : name.substring(0, LONGEST_SUBJECT) + "...";
  }

  @Override
  public String toString() {
    return "CertificateBundle[" + fingerprint() + "]";
  }
}
