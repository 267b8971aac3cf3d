package dev.clinicnet.operator.policy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A short name for a text without secrets: the first 16 hex digits of its SHA-256. */
public final class ContentHash {

  private static final int BYTES = 8;

  private ContentHash() {}

  /**
   * The name of a text without secrets. A hash of a short secret would let others check their
   * guesses.
   */
  public static String of(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
