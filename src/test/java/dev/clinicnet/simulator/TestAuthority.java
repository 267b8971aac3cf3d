package dev.clinicnet.simulator;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.concurrent.ThreadLocalRandom;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An authority made for one test, and the certificates that it signs. */
public final class TestAuthority {
  private static final Instant START = Instant.parse("2020-01-01T00:00:00Z");
  private static final Instant LONG_AGO = Instant.parse("2021-01-01T00:00:00Z");
  private static final Instant END = Instant.parse("2060-01-01T00:00:00Z");

  private final X500Principal name;
  private final KeyPair keys = keys();
  private final X509Certificate certificate;

  /** Names it; two of one name have different keys. */
  public TestAuthority(String name) {
    this.name = new X500Principal("CN=" + name);
    this.certificate = sign(this.name, keys, END, true, "");
  }

  /** A certificate and its key. */
  public record Identity(X509Certificate certificate, PrivateKey key) {

    /** The certificate as PEM. */
    public String certificatePEM() {
      return pem(certificate);
    }

    /** The key as PEM. */
    public String keyPEM() {
      String encoded =
          Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
      return "-----BEGIN PRIVATE KEY-----\n" + encoded + "\n-----END PRIVATE KEY-----\n";
    }
  }

  /** The authority's own certificate. */
  public X509Certificate certificate() {
    return certificate;
  }

  /** The authority's own certificate as PEM. */
  public String pem() {
    return pem(certificate);
  }

  /** Its own certificate, as that of a client that no authority vouches for. */
  public Identity self() {
    return new Identity(certificate, keys.getPrivate());
  }

  /** A certificate that is valid now. */
  public Identity issue(String host) {
    return issue(host, END);
  }

  /** A certificate that was valid until years ago. */
  public Identity expired(String host) {
    return issue(host, LONG_AGO);
  }

  private Identity issue(String host, Instant until) {
    KeyPair own = keys();
    X500Principal subject = new X500Principal("CN=" + host);
    return new Identity(sign(subject, own, until, false, host), own.getPrivate());
  }

  private X509Certificate sign(
      X500Principal subject, KeyPair own, Instant until, boolean authority, String host) {
    try {
      JcaX509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              name,
              BigInteger.valueOf(ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE)),
              Date.from(START),
              Date.from(until),
              subject,
              own.getPublic());
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
      if (!host.isEmpty()) {
        builder.addExtension(
            Extension.subjectAlternativeName,
            false,
            new GeneralNames(new GeneralName(GeneralName.dNSName, host)));
      }
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(
                  new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
    } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair keys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static String pem(Object object) {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(object);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return text.toString();
  }
}
