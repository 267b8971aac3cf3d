package dev.clinicnet.operator.agent;

import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * The keys of a Clinic's internal locks as a service reads them in the Secret of the site kit.
 *
 * @param keys empty while there are none, or when they are damaged
 * @param rotated the value of the annotation for a rotation that was carried out; empty for none
 */
public record LockSecret(Optional<LockKeys> keys, Optional<String> rotated) {
  /** The key of the Secret that holds the keys. They are not part of the kit. */
  public static final String KEYS = "internal-lock";

  /** The annotation of the Secret with the rotation that was carried out. */
  public static final String ROTATED = "clinicnet.dev/internal-lock-rotated";

  /** A Secret without keys. */
  public static final LockSecret NONE = new LockSecret(Optional.empty(), Optional.empty());

  private static final String CLINIC = "clinicnet.dev/clinic";

  /**
   * Reads a Secret. One that belongs to somebody else has no keys.
   *
   * @param clinic {@code namespace/name}
   */
  public static LockSecret of(Optional<Secret> secret, String clinic) {
    return secret
        .filter(found -> clinic.equals(annotations(found).get(CLINIC)))
        .map(
            found ->
                new LockSecret(keys(found), Optional.ofNullable(annotations(found).get(ROTATED))))
        .orElse(NONE);
  }

  /**
   * Whether it has the keys that a status names.
   *
   * @param id null if the status names none
   */
  public boolean hasKeys(String id) {
    return keys.map(LockKeys::id).equals(Optional.ofNullable(id));
  }

  private static Optional<LockKeys> keys(Secret secret) {
    return Optional.ofNullable(secret.getData())
        .map(data -> data.get(KEYS))
        .map(text -> new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8))
        .flatMap(LockKeys::parse);
  }

  private static Map<String, String> annotations(Secret secret) {
    Map<String, String> annotations = secret.getMetadata().getAnnotations();
    return annotations == null ? Map.of() : annotations;
  }
}
