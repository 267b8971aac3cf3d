package dev.clinicnet.simulator;

import java.io.IOException;
import java.io.StringReader;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;

/** The checks of an uploaded certificate with its chain and its private key, as documented. */
final class UploadedKeys {
  private static final byte[] SAMPLE = {1, 2, 3};

  private UploadedKeys() {}

  /**
   * Refuses a key that does not belong to the certificate, and a chain in another order.
   *
   * @param chain PEM, the certificate of the server first
   * @param key PEM
   */
  static void check(String chain, String key) {
    try {
      List<X509Certificate> certificates = Pem.certificates(chain);
      checkOrder(certificates);
      if (!matches(privateKey(key), certificates.get(0).getPublicKey())) {
        throw SimulatorError.KEY_MISMATCH.with();
      }
    } catch (CertificateException e) {
      throw SimulatorError.CERTIFICATE_FORMAT.with();
    }
  }

  private static void checkOrder(List<X509Certificate> certificates) {
    for (int i = 0; i + 1 < certificates.size(); i++) {
      X509Certificate signed = certificates.get(i);
      X509Certificate signer = certificates.get(i + 1);
      if (!isSigned(signed, signer)) {
        throw SimulatorError.CERTIFICATE_ORDER.with(
            certificates.stream().map(UploadedKeys::name).collect(Collectors.joining(", ")),
            name(signed),
            name(signer));
      }
    }
  }

  private static boolean isSigned(X509Certificate certificate, X509Certificate signer) {
    try {
      certificate.verify(signer.getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static String name(X509Certificate certificate) {
    return Pem.part(certificate.getSubjectX500Principal(), "CN");
  }

  private static PrivateKey privateKey(String pem) {
    List<String> types = Pem.types(pem);
    if (types.contains("CERTIFICATE")) {
      throw SimulatorError.KEY_IS_CERTIFICATE.with();
    }
    if (types.stream().noneMatch(type -> type.endsWith("PRIVATE KEY"))) {
      throw SimulatorError.KEY_MISSING.with();
    }
    try (PEMParser parser = new PEMParser(new StringReader(pem))) {
      Object read = parser.readObject();
      while (read instanceof ASN1ObjectIdentifier) {
        // The parameters of an elliptic curve come before its key.
        read = parser.readObject();
      }
      if (read instanceof PEMEncryptedKeyPair || read instanceof PKCS8EncryptedPrivateKeyInfo) {
        throw SimulatorError.KEY_ENCRYPTED.with();
      }
      if (read instanceof PEMKeyPair pair) {
        return new JcaPEMKeyConverter().getPrivateKey(pair.getPrivateKeyInfo());
      }
      if (read instanceof PrivateKeyInfo info) {
        return new JcaPEMKeyConverter().getPrivateKey(info);
      }
    } catch (IOException | IllegalArgumentException e) {
      // The refusal is the same as for a key of another kind.
    }
    throw SimulatorError.KEY_FORMAT.with();
  }

  private static boolean matches(PrivateKey privateKey, PublicKey publicKey) {
    String algorithm = algorithm(publicKey.getAlgorithm());
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(privateKey);
      signature.update(SAMPLE);
      byte[] signed = signature.sign();
      signature.initVerify(publicKey);
      signature.update(SAMPLE);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static String algorithm(String key) {
    return switch (key) {
      case "EC" -> "SHA256withECDSA";
      case "RSA" -> "SHA256withRSA";
      default -> "Ed25519";
    };
  }
}
