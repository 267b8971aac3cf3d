package dev.clinicnet.operator.agent;

import dev.clinicnet.operator.ngrok.SecretValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The two keys of a Clinic from which the secrets of its services' internal locks are made. A site
 * kit admits the secrets of both, and the public endpoints send that of the present one. So the
 * next one can take its place at any time, without a moment in which a site refuses what is sent.
 * The keys print as stars; only {@link #reveal} returns them.
 */
public final class LockKeys {
  private static final int BYTES = 32;
  private static final int ID_LENGTH = 12;

  /** Two keys of 256 bits, one a line. */
  private static final Pattern FORM = Pattern.compile("([A-Za-z0-9_-]{43})\n([A-Za-z0-9_-]{43})\n");

  private static final Pattern HASH = Pattern.compile("\\b[0-9a-f]{64}\\b");

  private final String current;
  private final String next;

  private LockKeys(String current, String next) {
    this.current = current;
    this.next = next;
  }

  /** New keys. */
  public static LockKeys generate(SecureRandom random) {
    return new LockKeys(key(random), key(random));
  }

  /** The keys in a stored text; empty for a text that {@link #reveal} did not make. */
  public static Optional<LockKeys> parse(String text) {
    return Optional.of(FORM.matcher(text))
        .filter(Matcher::matches)
        .map(found -> new LockKeys(found.group(1), found.group(2)));
  }

  /** The keys after a rotation: the next one is the present one, and another follows it. */
  public LockKeys advanced(SecureRandom random) {
    return new LockKeys(next, key(random));
  }

  /** The stored text, for a Secret and nothing else. */
  public String reveal() {
    return current + "\n" + next + "\n";
  }

  /** A text that names these keys and does not help to guess them. */
  public String id() {
    return hash(derived(current, "id") + derived(next, "id")).substring(0, ID_LENGTH);
  }

  /**
   * The secret that the public endpoint of a service sends.
   *
   * @param service {@code namespace/name}
   */
  public SecretValue present(String service) {
    return new SecretValue(derived(current, "service " + service));
  }

  /**
   * The secret that it sends after the next rotation.
   *
   * @param service {@code namespace/name}
   */
  public SecretValue following(String service) {
    return new SecretValue(derived(next, "service " + service));
  }

  /**
   * The {@link #hash} of each secret of a service.
   *
   * @param service {@code namespace/name}
   */
  public List<String> hashes(String service) {
    return List.of(hash(present(service)), hash(following(service)));
  }

  /** Whether a text has the form of a {@link #hash}. */
  public static boolean isHash(String text) {
    return HASH.matcher(text).matches();
  }

  /** What has the form of a {@link #hash} in a longer text. */
  static Set<String> hashesIn(String text) {
    return HASH.matcher(text)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * What identifies a secret, and what the agent's endpoint compares with: its SHA-256 in
   * hexadecimal. It does not help to guess the secret, which has 256 random bits.
   */
  public static String hash(SecretValue secret) {
    return hash(secret.reveal());
  }

  private static String hash(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest(text.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static String derived(String key, String purpose) {
    return text(KeyedHash.of(Base64.getUrlDecoder().decode(key), purpose));
  }

  private static String key(SecureRandom random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return text(bytes);
  }

  private static String text(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LockKeys keys && current.equals(keys.current) && next.equals(keys.next);
  }

  @Override
  public int hashCode() {
    return 0;
  }

  @Override
  public String toString() {
    return "***";
  }
}
