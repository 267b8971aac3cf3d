package dev.clinicnet.operator.clinic;

import dev.clinicnet.operator.agent.KeyedHash;
import dev.clinicnet.operator.agent.LockSecret;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/**
 * Site kits in a cache: the files are replaced by digests, because a decision only compares them,
 * and they take more memory than everything else about a Clinic. The authtoken and the keys of
 * locks stay. The digests are keyed, since some files contain the authtoken, and the key lives as
 * long as the process.
 */
public final class SecretDigests {
  /** No text in base64 begins like this. */
  private static final String PREFIX = "#";

  private static final byte[] KEY = key();

  private SecretDigests() {}

  /** Replaces the files in a Secret that is a site kit. */
  public static void replaceFiles(Secret secret) {
    if (secret.getData() == null) {
      return;
    }
    Map<String, String> data = new HashMap<>(secret.getData());
    data.replaceAll(
        (key, value) ->
            key.equals(SiteKitSecret.TOKEN)
                    || key.equals(LockSecret.KEYS)
                    || value.startsWith(PREFIX)
                ? value
                : digest(Base64.getDecoder().decode(value)));
    // Passes may be reading the Secret, and see either map.
    secret.setData(Map.copyOf(data));
  }

  /** Whether a Secret, from a cache or not, has this text under a key. */
  static boolean holds(Secret secret, String key, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    String present = value(secret, key);
    return (isDigest(present) ? digest(bytes) : Base64.getEncoder().encodeToString(bytes))
        .equals(present);
  }

  /** What a Secret, from a cache or not, has under a key; null if nothing. */
  static String value(Secret secret, String key) {
    return secret == null || secret.getData() == null ? null : secret.getData().get(key);
  }

  /** The digests of the files of a site kit, without the token, which the cache keeps. */
  static Map<String, String> ofFiles(Map<String, String> files) {
    Map<String, String> digests = new HashMap<>(files);
    digests.remove(SiteKitSecret.TOKEN);
    digests.replaceAll((key, text) -> digest(text.getBytes(StandardCharsets.UTF_8)));
    return Map.copyOf(digests);
  }

  /** Whether a value is a digest, and not base64. */
  static boolean isDigest(String value) {
    return value != null && value.startsWith(PREFIX);
  }

  private static String digest(byte[] file) {
    return PREFIX + Base64.getEncoder().encodeToString(KeyedHash.of(KEY, file));
  }

  private static byte[] key() {
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    return key;
  }
}
