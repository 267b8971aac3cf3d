package dev.clinicnet.operator.ngrok;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** An authtoken. It prints as stars; only {@link #reveal} returns its text. */
public final class Token {
  private final String text;

  /** Wraps the text of a token, never null. */
  @JsonCreator
  public Token(String text) {
    this.text = java.util.Objects.requireNonNull(text, "token");
  }

  /** The token itself, for the site-kit Secret and nothing else. */
  @JsonValue
  public String reveal() {
    return text;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Token token && text.equals(token.text);
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
