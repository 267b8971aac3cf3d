package dev.clinicnet.operator.clinic;

import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The text that Secrets hold in base64. */
final class SecretText {
  private SecretText() {}

  /** The text of a key of a Secret; empty also when there is no Secret, or only a digest. */
  static Optional<String> of(Secret secret, String key) {
    if (secret == null || secret.getData() == null) {
      return Optional.empty();
    }
    return Optional.ofNullable(secret.getData().get(key))
        .filter(text -> !SecretDigests.isDigest(text))
        .map(text -> new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8));
  }

  /** The data of a Secret with these texts. */
  static Map<String, String> data(Map<String, String> texts) {
    Map<String, String> data = new HashMap<>();
    texts.forEach(
        (key, text) ->
            data.put(
                key, Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))));
    return data;
  }
}
