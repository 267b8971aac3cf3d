package dev.clinicnet.operator.simulator;

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
    String authority = given.path("authority").asText("letsencrypt");
    if (!authority.equals("letsencrypt")) {
      throw SimulatorError.CERTIFICATE_AUTHORITY_NAME.with();
    }
    String keyType = given.path("private_key_type").asText(defaultKeyType);
    if (!KEY_TYPES.contains(keyType)) {
      throw SimulatorError.FIELD_INVALID.with("certificate_management_policy.private_key_type");
    }
    return Json.object().put("authority", authority).put("private_key_type", keyType);
  }
}
