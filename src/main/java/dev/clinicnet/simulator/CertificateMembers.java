package dev.clinicnet.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The members of a certificate in the API. All members are always there, also empty ones. */
final class CertificateMembers {
  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;

  /** In the order of the bits (RFC 5280). The names of two of them are observed. */
  private static final List<String> USAGES =
      List.of(
          "digital_signature",
          "content_commitment",
          "key_encipherment",
          "data_encipherment",
          "key_agreement",
          "cert_sign",
          "crl_sign",
          "encipher_only",
          "decipher_only");

  private static final Map<String, String> EXTENDED =
      Map.of(
          "2.5.29.37.0", "any",
          "1.3.6.1.5.5.7.3.1", "server_auth",
          "1.3.6.1.5.5.7.3.2", "client_auth",
          "1.3.6.1.5.5.7.3.3", "code_signing",
          "1.3.6.1.5.5.7.3.4", "email_protection",
          "1.3.6.1.5.5.7.3.8", "time_stamping",
          "1.3.6.1.5.5.7.3.9", "ocsp_signing");

  private CertificateMembers() {}

  /** The members of an uploaded authority. */
  static ObjectNode authority(X509Certificate certificate) throws CertificateException {
    ObjectNode members =
        Json.object()
            .put("subject_common_name", subject(certificate, "CN"))
            .put("not_before", Json.time(certificate.getNotBefore().toInstant()))
            .put("not_after", Json.time(certificate.getNotAfter().toInstant()));
    members.set("key_usages", usages(certificate.getKeyUsage()));
    members.set("extended_key_usages", extended(certificate.getExtendedKeyUsage()));
    return members;
  }

  /** The members of a server's certificate. */
  static ObjectNode server(X509Certificate certificate) throws CertificateException {
    ObjectNode members = authority(certificate);
    ObjectNode names = members.putObject("subject_alternative_names");
    names.set("dns_names", alternatives(certificate, DNS_NAME));
    names.set("ips", alternatives(certificate, IP_ADDRESS));
    return members
        .put("private_key_type", keyType(certificate))
        .put("issuer_common_name", Pem.part(certificate.getIssuerX500Principal(), "CN"))
        .put("serial_number", serial(certificate))
        .put("subject_organization", subject(certificate, "O"))
        .put("subject_organizational_unit", subject(certificate, "OU"))
        .put("subject_locality", subject(certificate, "L"))
        .put("subject_province", subject(certificate, "ST"))
        .put("subject_country", subject(certificate, "C"));
  }

  private static String subject(X509Certificate certificate, String part) {
    return Pem.part(certificate.getSubjectX500Principal(), part);
  }

  /** Whole bytes in hexadecimal digits, without a byte for the sign (observed). */
  private static String serial(X509Certificate certificate) {
    String digits = HexFormat.of().formatHex(certificate.getSerialNumber().toByteArray());
    return digits.length() > 2 && digits.startsWith("00") ? digits.substring(2) : digits;
  }

  private static String keyType(X509Certificate certificate) {
    String algorithm = certificate.getPublicKey().getAlgorithm().toLowerCase(Locale.ROOT);
    return switch (algorithm) {
      case "ec" -> "ecdsa";
      case "eddsa" -> "ed25519";
      default -> algorithm;
    };
  }

  private static ArrayNode usages(boolean[] bits) {
    ArrayNode usages = Json.array();
    for (int i = 0; bits != null && i < bits.length && i < USAGES.size(); i++) {
      if (bits[i]) {
        usages.add(USAGES.get(i));
      }
    }
    return usages;
  }

  private static ArrayNode extended(List<String> oids) {
    ArrayNode usages = Json.array();
    if (oids != null) {
      oids.forEach(oid -> usages.add(EXTENDED.getOrDefault(oid, oid)));
    }
    return usages;
  }

  private static ArrayNode alternatives(X509Certificate certificate, int type)
      throws CertificateParsingException {
    Collection<List<?>> all = certificate.getSubjectAlternativeNames();
    ArrayNode names = Json.array();
    for (List<?> name : all == null ? List.<List<?>>of() : all) {
      if (name.get(0).equals(type)) {
        names.add(String.valueOf(name.get(1)));
      }
    }
    return names;
  }
}
