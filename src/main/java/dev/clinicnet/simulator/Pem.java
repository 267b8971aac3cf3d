package dev.clinicnet.simulator;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.security.auth.x500.X500Principal;

/** Certificates in PEM. */
final class Pem {
  private static final Pattern BEGIN = Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----");

  private Pem() {}

  /** The types of the blocks in a text, in their order. */
  static List<String> types(String text) {
    List<String> types = new ArrayList<>();
    Matcher matcher = BEGIN.matcher(text);
    while (matcher.find()) {
      types.add(matcher.group(1));
    }
    return types;
  }

  /** The first certificate of a text. */
  static X509Certificate certificate(String text) throws CertificateException {
    byte[] bytes = text.strip().getBytes(StandardCharsets.UTF_8);
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(bytes));
  }

  /** All certificates of a text, in their order. There is at least one. */
  static List<X509Certificate> certificates(String text) throws CertificateException {
    byte[] bytes = text.strip().getBytes(StandardCharsets.UTF_8);
    List<X509Certificate> all = new ArrayList<>();
    for (Certificate certificate :
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(bytes))) {
      all.add((X509Certificate) certificate);
    }
    if (all.isEmpty()) {
      throw new CertificateException("no certificate");
    }
    return all;
  }

  /** One part of a distinguished name, such as CN; empty if it has none. */
  static String part(X500Principal name, String part) {
    try {
      return new LdapName(name.getName())
          .getRdns().stream()
              .filter(rdn -> rdn.getType().equalsIgnoreCase(part))
              .map(rdn -> String.valueOf(rdn.getValue()))
              .findFirst()
              .orElse("");
    } catch (InvalidNameException e) {
      return "";
    }
  }

  /** The text with exactly one line end, as the platform returns it (observed). */
  static String text(String given) {
    return given.strip() + "\n";
  }

  static String text(X509Certificate certificate) {
    try {
      String body =
          Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded());
      return "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n";
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate can always be written", e);
    }
  }
}
