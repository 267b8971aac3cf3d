package dev.clinicnet.operator.traffic;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemGenerationException;

/** A certificate authority whose keys are made when the tests run. */
final class Authority {
  static final Instant START = Instant.parse("2020-01-01T00:00:00Z");
  static final Instant END = Instant.parse("2060-01-01T00:00:00Z");
  private static final AtomicLong SERIAL = new AtomicLong(1);

  private final X500Name name;
  private final KeyPair keys = keys();
  private final X509Certificate certificate;

  /** With a certificate that it has signed itself. */
  Authority(String commonName) {
    name = new X500Name("O=Example only,CN=" + commonName);
    certificate = sign(name, keys, true, START, END, "");
  }

  /** A certificate with its key. */
  record Identity(X509Certificate certificate, PrivateKey key) {
    /** The certificate as PEM. */
    String certificatePEM() {
      return pem(certificate);
    }

    /** The key as PEM. */
    String keyPEM() {
      try {
        return pem(new JcaPKCS8Generator(key, null));
      } catch (PemGenerationException e) {
        throw new AssertionError(e);
      }
    }
  }

  X509Certificate certificate() {
    return certificate;
  }

  /** Its certificate as PEM. */
  String pem() {
    return pem(certificate);
  }

  /** Its own certificate, as that of a client that nobody vouches for. */
  Identity self() {
    return new Identity(certificate, keys.getPrivate());
  }

  /** A certificate for a client, valid for a time. */
  Identity client(String commonName, Instant from, Instant until) {
    return leaf(commonName, from, until, "");
  }

  /** A certificate for a server. */
  Identity server(String host) {
    return leaf(host, START, END, host);
  }

  private Identity leaf(String commonName, Instant from, Instant until, String host) {
    KeyPair own = keys();
    X500Name subject = new X500Name("O=Example only,CN=" + commonName);
    return new Identity(sign(subject, own, false, from, until, host), own.getPrivate());
  }

  private X509Certificate sign(
      X500Name subject, KeyPair subjectKeys, boolean ca, Instant from, Instant until, String host) {
    X509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            name,
            BigInteger.valueOf(SERIAL.getAndIncrement()),
            Date.from(from),
            Date.from(until),
            subject,
            subjectKeys.getPublic());
    try {
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(ca));
      builder.addExtension(
          Extension.keyUsage,
          true,
          new KeyUsage(ca ? KeyUsage.keyCertSign | KeyUsage.cRLSign : KeyUsage.digitalSignature));
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
    } catch (CertIOException | OperatorCreationException | GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static KeyPair keys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static String pem(Object object) {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(object);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }
}
