package dev.clinicnet.operator.agent;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256: a hash that only who has the key can compute. */
public final class KeyedHash {
  private static final String ALGORITHM = "HmacSHA256";

  private KeyedHash() {}

  /** The 32 bytes of the hash of bytes. */
  public static byte[] of(byte[] key, byte[] bytes) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return mac.doFinal(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  /** The 32 bytes of the hash of a text in UTF-8. */
  static byte[] of(byte[] key, String text) {
    return of(key, text.getBytes(StandardCharsets.UTF_8));
  }
}
