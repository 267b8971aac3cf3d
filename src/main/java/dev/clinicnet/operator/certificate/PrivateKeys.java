package dev.clinicnet.operator.certificate;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/**
 * Reads the private key of a certificate. PKCS#1 and SEC1 keys do not name their algorithm in the
 * form that Java needs. The certificate does, so it is taken from there.
 */
final class PrivateKeys {
  private static final Set<String> READABLE =
      Set.of("PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY");
  private static final byte[] CHALLENGE = {1, 2, 3, 4, 5, 6, 7, 8};

  private PrivateKeys() {}

  /**
   * The block with the private key. Other blocks, such as EC parameters, are skipped.
   *
   * @throws CertificateProblem when there is no key, or one that cannot be used
   */
  static PemBlock block(String pem) {
    if (pem.isBlank()) {
      throw new CertificateProblem("is empty: store a private key in PEM form");
    }
    List<PemBlock> keys =
        PemBlock.all(pem).stream().filter(block -> block.label().endsWith("PRIVATE KEY")).toList();
    if (keys.size() != 1) {
      throw new CertificateProblem(
          keys.isEmpty()
              ? "holds no private key in PEM form: store one that begins with"
                  + " -----BEGIN PRIVATE KEY-----"
              : "holds several private keys: store the one of the certificate");
    }
    PemBlock key = keys.get(0);
    if (key.encrypted()) {
      throw new CertificateProblem(
          "is encrypted with a password, which cannot be typed at the agent: store it decrypted");
    }
    if (!READABLE.contains(key.label())) {
      throw new CertificateProblem(
          "is a key of an unknown kind: store an RSA, EC or Ed25519 key in PKCS#8 form");
    }
    return key;
  }

  /**
   * Whether a private key belongs to a public key.
   *
   * @throws CertificateProblem when this cannot be found out
   */
  static boolean match(PemBlock block, PublicKey publicKey) {
    String algorithm = algorithm(publicKey);
    try {
      byte[] pkcs8 = pkcs8(block);
      PrivateKey key =
          KeyFactory.getInstance(publicKey.getAlgorithm())
              .generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(CHALLENGE);
      byte[] signed = signature.sign();
      signature.initVerify(publicKey);
      signature.update(CHALLENGE);
      return signature.verify(signed);
    } catch (CertificateProblem e) {
      throw e;
    } catch (GeneralSecurityException | IOException | RuntimeException e) {
      // The key is of another kind than the certificate's. The cause is left out, because it may
      // quote the key.
      return false;
    }
  }

  /** A key in the form that names its algorithm. */
  private static byte[] pkcs8(PemBlock block) throws IOException {
    return switch (block.label()) {
      case "RSA PRIVATE KEY" ->
          new PrivateKeyInfo(
                  new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
                  RSAPrivateKey.getInstance(block.content()))
              .getEncoded();
      case "EC PRIVATE KEY" -> {
        ECPrivateKey key = ECPrivateKey.getInstance(block.content());
        if (key.getParametersObject() == null) {
          throw new CertificateProblem(
              "does not name its curve, without which the agent cannot read it: store it in PKCS#8"
                  + " form");
        }
        yield new PrivateKeyInfo(
                new AlgorithmIdentifier(
                    X9ObjectIdentifiers.id_ecPublicKey, key.getParametersObject()),
                key)
            .getEncoded();
      }
      default -> block.content();
    };
  }

  private static String algorithm(PublicKey key) {
    return switch (key.getAlgorithm()) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      case "EdDSA", "Ed25519" -> "EdDSA";
      default ->
          throw new CertificateProblem(
              "belongs to a certificate for a "
                  + key.getAlgorithm()
                  + " key: use an RSA, EC or Ed25519 key");
    };
  }
}
