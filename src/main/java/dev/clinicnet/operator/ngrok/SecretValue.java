package dev.clinicnet.operator.ngrok;

import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Objects;

/**
 * A value for a vault secret, or an API key. It prints as stars; only {@link #reveal} returns its
 * text.
 */
public final class SecretValue {
  private final String text;

  /** Wraps a text, never null. */
  public SecretValue(String text) {
    this.text = Objects.requireNonNull(text, "value");
  }

  /** The text itself, for a request to ngrok and nothing else. */
  @JsonValue
  public String reveal() {
    return text;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SecretValue value && MessageDigest.isEqual(bytes(), value.bytes());
  }

  /** The same for every value, because even a hash says something about the text. */
  @Override
  public int hashCode() {
    return 0;
  }

  @Override
  public String toString() {
    return "***";
  }

  private byte[] bytes() {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
