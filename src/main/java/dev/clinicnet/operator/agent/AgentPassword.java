package dev.clinicnet.operator.agent;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The password that a caller of an agent's API through ngrok must send. It prints as stars; only
 * {@link #reveal} returns its text.
 */
public final class AgentPassword {
  private static final int BYTES = 32;

  /** 256 bits, in letters that need no escape in a URL, a header, YAML or CEL. */
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");

  private final String text;

  /**
   * Wraps a text that {@link #generate} has made.
   *
   * @throws IllegalArgumentException for any other text, because it may be easy to guess
   */
  public AgentPassword(String text) {
    if (text == null || !FORM.matcher(text).matches()) {
      throw new IllegalArgumentException("a password of an agent's API has 43 characters");
    }
    this.text = text;
  }

  /** A new one. */
  public static AgentPassword generate(SecureRandom random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return new AgentPassword(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /** The password itself, for the Secret, the site kit and the header of a request. */
  public String reveal() {
    return text;
  }

  /**
   * A text that identifies the password without helping to guess it: 2 to the 256 passwords cannot
   * be tried.
   */
  String fingerprint() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AgentPassword password && text.equals(password.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return "***";
  }
}
