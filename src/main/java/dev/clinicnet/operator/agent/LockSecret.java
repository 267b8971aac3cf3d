package dev.clinicnet.operator.agent;

import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The keys of a Clinic's internal locks as a service reads them in the Secret of the site kit.
 *
 * @param keys empty while there are none, or when they are damaged
 * @param rotated the value of the annotation for a rotation that was carried out; empty for none
 * @param named the hashes that the site kit names, among them those of all secrets that it admits;
 *     empty if they are not known, because a cache has no files
 */
public record LockSecret(
    Optional<LockKeys> keys, Optional<String> rotated, Optional<Set<String>> named) {
  /** The key of the Secret that holds the keys. They are not part of the kit. */
  public static final String KEYS = "internal-lock";

  /** The annotation of the Secret with the rotation that was carried out. */
  public static final String ROTATED = "clinicnet.dev/internal-lock-rotated";

  /** No Secret: there are no keys, and no site kit admits anything. */
  public static final LockSecret NONE =
      new LockSecret(Optional.empty(), Optional.empty(), Optional.of(Set.of()));

  private static final LockSecret UNKNOWN =
      new LockSecret(Optional.empty(), Optional.empty(), Optional.empty());

  private static final String CLINIC = "clinicnet.dev/clinic";

  /**
   * Reads a Secret. One that belongs to somebody else has no keys, and what its site kit admits is
   * not known.
   *
   * @param clinic {@code namespace/name}
   */
  public static LockSecret of(Optional<Secret> secret, String clinic) {
    return secret.isEmpty()
        ? NONE
        : ours(secret, clinic).map(found -> of(found, Optional.of(named(found)))).orElse(UNKNOWN);
  }

  /** Reads a Secret as a cache has it, without the files of the site kit. */
  public static LockSecret ofCached(Optional<Secret> secret, String clinic) {
    return ours(secret, clinic).map(found -> of(found, Optional.empty())).orElse(UNKNOWN);
  }

  private static Optional<Secret> ours(Optional<Secret> secret, String clinic) {
    return secret.filter(found -> clinic.equals(annotations(found).get(CLINIC)));
  }

  private static LockSecret of(Secret secret, Optional<Set<String>> named) {
    return new LockSecret(
        keys(secret), Optional.ofNullable(annotations(secret).get(ROTATED)), named);
  }

  /**
   * Whether the site kit certainly admits none of these secrets.
   *
   * @param hashes the {@link LockKeys#hash} of each secret
   */
  public boolean admitsNone(Collection<String> hashes) {
    return named.filter(its -> Collections.disjoint(its, hashes)).isPresent();
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
    return text(secret, KEYS).flatMap(LockKeys::parse);
  }

  private static Set<String> named(Secret secret) {
    return text(secret, AgentConfig.FILE).map(LockKeys::hashesIn).orElse(Set.of());
  }

  private static Optional<String> text(Secret secret, String key) {
    return Optional.ofNullable(secret.getData())
        .map(data -> data.get(key))
        .map(text -> new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8));
  }

  private static Map<String, String> annotations(Secret secret) {
    Map<String, String> annotations = secret.getMetadata().getAnnotations();
    return annotations == null ? Map.of() : annotations;
  }
}
