package dev.clinicnet.simulator;

import java.io.IOException;
import java.io.StringReader;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;

/** Issues the certificates of managed domains and of ngrok's own Kubernetes operator. */
final class CertificateIssuer {
  private static final X500Name NAME = new X500Name("CN=Simulated issuer");
  private static final X500Name UNNAMED_CLIENT = new X500Name("CN=Simulated client");
  private static final Duration VALID = Duration.ofDays(90);
  private static final int SERIAL_BITS = 120;

  private final SecureRandom random = new SecureRandom();

  /** One pair for each type of key. This is enough, because no private key is ever shown. */
  private final Map<String, KeyPair> keys = new HashMap<>();

  /** The certificate of a managed domain, whose private key the platform keeps. */
  X509Certificate server(String domain, String keyType, Instant now) {
    try {
      JcaX509v3CertificateBuilder builder =
          builder(new X500Name("CN=" + domain), keys(keyType).getPublic(), now);
      GeneralNames names = new GeneralNames(new GeneralName(GeneralName.dNSName, domain));
      builder.addExtension(Extension.subjectAlternativeName, false, names);
      return sign(builder, KeyPurposeId.id_kp_serverAuth);
    } catch (GeneralSecurityException | CertIOException | OperatorCreationException e) {
      throw new IllegalStateException("every JDK can do this", e);
    }
  }

  /**
   * The client certificate that a signing request asks for.
   *
   * @throws ApiException if it is not a request, or not signed with the key that it names
   */
  X509Certificate client(String request, Instant now) {
    try (PEMParser parser = new PEMParser(new StringReader(request))) {
      if (parser.readObject()
          instanceof org.bouncycastle.pkcs.PKCS10CertificationRequest certification) {
        var wanted = new JcaPKCS10CertificationRequest(certification);
        PublicKey key = wanted.getPublicKey();
        if (wanted.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key))) {
          return sign(builder(subject(wanted), key, now), KeyPurposeId.id_kp_clientAuth);
        }
        throw SimulatorError.SIGNING_REQUEST.with("the signature is wrong");
      }
    } catch (IOException
        | PKCSException
        | OperatorCreationException
        | GeneralSecurityException
        | IllegalArgumentException e) {
      throw SimulatorError.SIGNING_REQUEST.with("it cannot be read");
    }
    throw SimulatorError.SIGNING_REQUEST.with("it is no PEM block CERTIFICATE REQUEST");
  }

  /**
   * The request of ngrok's Kubernetes operator has no subject (observed), which X.509 does not
   * allow.
   */
  private static X500Name subject(JcaPKCS10CertificationRequest request) {
    X500Name asked = request.getSubject();
    return asked.getRDNs().length == 0 ? UNNAMED_CLIENT : asked;
  }

  private JcaX509v3CertificateBuilder builder(X500Name subject, PublicKey key, Instant now) {
    return new JcaX509v3CertificateBuilder(
        NAME,
        new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS - 1),
        Date.from(now),
        Date.from(now.plus(VALID)),
        subject,
        key);
  }

  private X509Certificate sign(JcaX509v3CertificateBuilder builder, KeyPurposeId purpose)
      throws CertIOException, OperatorCreationException, GeneralSecurityException {
    builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
    builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
    var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(keys("ecdsa").getPrivate());
    return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
  }

  private synchronized KeyPair keys(String type) throws GeneralSecurityException {
    KeyPair pair = keys.get(type);
    if (pair == null) {
      KeyPairGenerator generator =
          KeyPairGenerator.getInstance(type.equals("ecdsa") ? "EC" : "RSA");
      generator.initialize(type.equals("ecdsa") ? 256 : 2048);
      pair = generator.generateKeyPair();
      keys.put(type, pair);
    }
    return pair;
  }
}
