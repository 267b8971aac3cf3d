package dev.clinicnet.simulator.edge;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** The certificates of the edge: its own authority, and one certificate for each host. */
final class EdgeCertificates {
  private static final Duration BEFORE = Duration.ofDays(1);
  private static final Duration VALID = Duration.ofDays(365);
  private static final int MOST = 10_000;
  private static final X500Principal ISSUER = new X500Principal("CN=Simulated edge");

  private final SecureRandom random = new SecureRandom();
  private final KeyPair authorityKeys;
  private final KeyPair leafKeys;
  private final X509Certificate authority;
  private final Map<String, ServerIdentity> leaves = new ConcurrentHashMap<>();

  EdgeCertificates() throws IOException {
    try {
      authorityKeys = keys();
      leafKeys = keys();
      JcaX509v3CertificateBuilder builder = builder(ISSUER, authorityKeys);
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
      authority = sign(builder);
    } catch (GeneralSecurityException e) {
      throw new IOException("cannot make the edge's authority", e);
    }
  }

  X509Certificate authority() {
    return authority;
  }

  /** The certificate for a host. It is made at the first request. */
  ServerIdentity of(String host) throws IOException {
    ServerIdentity known = leaves.get(host);
    if (known != null) {
      return known;
    }
    if (leaves.size() >= MOST) {
      leaves.clear();
    }
    ServerIdentity made = leaf(new GeneralName(GeneralName.dNSName, host));
    leaves.put(host, made);
    return made;
  }

  /** A certificate for the host on which everything runs. */
  ServerIdentity ofThisHost() throws IOException {
    return leaf(
        new GeneralName(GeneralName.dNSName, "localhost"),
        new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
        new GeneralName(GeneralName.iPAddress, "::1"));
  }

  private ServerIdentity leaf(GeneralName... names) throws IOException {
    try {
      // A common name may have at most 64 characters. Only the alternative name counts.
      JcaX509v3CertificateBuilder builder =
          builder(new X500Principal("CN=Simulated host"), leafKeys);
      builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      builder.addExtension(
          Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
      return new ServerIdentity(leafKeys.getPrivate(), List.of(sign(builder)));
    } catch (GeneralSecurityException e) {
      throw new IOException("cannot make a certificate for " + names[0].getName(), e);
    }
  }

  private JcaX509v3CertificateBuilder builder(X500Principal subject, KeyPair keys) {
    Instant now = Instant.now();
    return new JcaX509v3CertificateBuilder(
        ISSUER,
        new BigInteger(120, random),
        Date.from(now.minus(BEFORE)),
        Date.from(now.plus(VALID)),
        subject,
        keys.getPublic());
  }

  private X509Certificate sign(JcaX509v3CertificateBuilder builder)
      throws GeneralSecurityException {
    try {
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(
                  new JcaContentSignerBuilder("SHA256withECDSA")
                      .build(authorityKeys.getPrivate())));
    } catch (OperatorCreationException e) {
      throw new GeneralSecurityException(e);
    }
  }

  private static KeyPair keys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }
}
