package dev.clinicnet.simulator.edge;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;

/** Certificates and keys as PEM text. */
final class PemText {
  private PemText() {}

  /**
   * The certificates in a text, in order.
   *
   * @throws IOException if it is not PEM
   */
  static List<X509Certificate> certificates(String pem) throws IOException {
    List<X509Certificate> certificates = new ArrayList<>();
    JcaX509CertificateConverter converter = new JcaX509CertificateConverter();
    for (Object each : objects(pem)) {
      if (each instanceof X509CertificateHolder holder) {
        try {
          certificates.add(converter.getCertificate(holder));
        } catch (CertificateException e) {
          throw new IOException("not a certificate", e);
        }
      }
    }
    return certificates;
  }

  /**
   * The first private key in a text: PKCS #8, or the older forms of RSA and EC.
   *
   * @throws IOException if there is none, or it is encrypted
   */
  static PrivateKey privateKey(String pem) throws IOException {
    JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
    for (Object each : objects(pem)) {
      if (each instanceof PrivateKeyInfo info) {
        return converter.getPrivateKey(info);
      }
      if (each instanceof PEMKeyPair pair) {
        return converter.getPrivateKey(pair.getPrivateKeyInfo());
      }
    }
    throw new IOException("no private key that can be read");
  }

  static String of(X509Certificate certificate) {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(certificate);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static List<Object> objects(String pem) throws IOException {
    List<Object> objects = new ArrayList<>();
    try (PEMParser parser = new PEMParser(new StringReader(pem))) {
      for (Object each = parser.readObject(); each != null; each = parser.readObject()) {
        objects.add(each);
      }
    }
    return objects;
  }
}
