package dev.clinicnet.operator.simulator;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates in PEM. */
final class Pem {
  private static final Pattern BEGIN = Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----");
  private static final Pattern COMMON_NAME = Pattern.compile("(?:^|,)CN=((?:\\\\.|[^,])*)");

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

  static String commonName(String distinguishedName) {
    Matcher matcher = COMMON_NAME.matcher(distinguishedName);
    return matcher.find() ? matcher.group(1) : "";
  }
}
