package dev.clinicnet.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/** The management policy of a certificate. */
final class CertificatePolicy {
  private static final Set<String> KEY_TYPES = Set.of("rsa", "ecdsa");

  private CertificatePolicy() {}

  static BodySpec fields() {
    return BodySpec.strings("authority", "private_key_type");
  }

  /** The policy with its defaults; the default key type differs between kinds (documented). */
  static ObjectNode read(JsonNode given, String defaultKeyType) {
    String authority = text(given, "authority", "letsencrypt");
    if (!authority.equals("letsencrypt")) {
      throw SimulatorError.CERTIFICATE_AUTHORITY_NAME.with();
    }
    String keyType = text(given, "private_key_type", defaultKeyType);
    if (!KEY_TYPES.contains(keyType)) {
      throw SimulatorError.FIELD_INVALID.with("certificate_management_policy.private_key_type");
    }
    return Json.object().put("authority", authority).put("private_key_type", keyType);
  }

  /** An empty value counts as absent. */
  private static String text(JsonNode given, String name, String otherwise) {
    String text = given.path(name).asText("");
    return text.isEmpty() ? otherwise : text;
  }
}
