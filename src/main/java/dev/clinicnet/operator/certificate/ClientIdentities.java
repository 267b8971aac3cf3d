package dev.clinicnet.operator.certificate;

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
import java.util.Objects;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Makes client certificates. Each has its own authority, whose key is dropped after the signature,
 * so that no other certificate can be signed.
 */
public final class ClientIdentities {
  /** The tolerance for clocks that differ a little. */
  private static final Duration BEFORE = Duration.ofHours(1);

  private static final int SERIAL_BITS = 120;
  private static final String SIGNATURE = "SHA256withECDSA";

  private final SecureRandom random;

  /** An instance that takes keys and numbers from this source. */
  public ClientIdentities(SecureRandom random) {
    this.random = Objects.requireNonNull(random, "random");
  }

  /**
   * A new identity.
   *
   * @param name the name in the certificate, for people
   * @param now the start of its validity
   * @param validity the length of its validity
   */
  public ClientIdentity issue(String name, Instant now, Duration validity) {
    try {
      BigInteger serial = new BigInteger(SERIAL_BITS, random);
      // Two authorities of one name could be confused.
      X500Principal issuer = new X500Principal("CN=" + name + " " + serial.toString(16));
      KeyPair authorityKeys = keys();
      JcaX509v3CertificateBuilder authority =
          builder(issuer, serial, issuer, authorityKeys, now, validity);
      authority.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
      authority.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
      X509Certificate authorityCertificate = sign(authority, authorityKeys);

      KeyPair keys = keys();
      JcaX509v3CertificateBuilder client =
          builder(
              issuer,
              new BigInteger(SERIAL_BITS, random),
              new X500Principal("CN=" + name),
              keys,
              now,
              validity);
      client.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      client.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
      client.addExtension(
          Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth));
      client.addExtension(
          Extension.authorityKeyIdentifier,
          false,
          new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(authorityKeys.getPublic()));
      return new ClientIdentity(
          new CertificateBundle(List.of(authorityCertificate)),
          new CertificateBundle(List.of(sign(client, authorityKeys))),
          new PrivateKeyText(
              new PemBlock("PRIVATE KEY", keys.getPrivate().getEncoded(), false).text()));
    } catch (GeneralSecurityException | CertIOException e) {
      throw new IllegalStateException("every Java platform has elliptic curves", e);
    }
  }

  /** The time at which an identity was made, to the second. */
  public static Instant issuedAt(ClientIdentity identity) {
    return identity.certificate().first().getNotBefore().toInstant().plus(BEFORE);
  }

  private static JcaX509v3CertificateBuilder builder(
      X500Principal issuer,
      BigInteger serial,
      X500Principal subject,
      KeyPair keys,
      Instant now,
      Duration validity)
      throws GeneralSecurityException, CertIOException {
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            issuer,
            serial,
            Date.from(now.minus(BEFORE)),
            Date.from(now.plus(validity)),
            subject,
            keys.getPublic());
    builder.addExtension(
        Extension.subjectKeyIdentifier,
        false,
        new JcaX509ExtensionUtils().createSubjectKeyIdentifier(keys.getPublic()));
    return builder;
  }

  private X509Certificate sign(JcaX509v3CertificateBuilder builder, KeyPair authority)
      throws GeneralSecurityException {
    try {
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(
                  new JcaContentSignerBuilder(SIGNATURE)
                      .setSecureRandom(random)
                      .build(authority.getPrivate())));
    } catch (OperatorCreationException e) {
      throw new GeneralSecurityException(e);
    }
  }

  private KeyPair keys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"), random);
    return generator.generateKeyPair();
  }
}
