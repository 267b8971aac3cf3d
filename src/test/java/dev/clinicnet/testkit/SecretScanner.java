package dev.clinicnet.testkit;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Looks for secrets where none may be: plain, URL-encoded, and in base64 at every place of the
 * encoded text they begin. It names what it finds without repeating it.
 */
public final class SecretScanner {
  /** An authtoken, API key or access token, also one that the test does not know. */
  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<![A-Za-z0-9_])[A-Za-z0-9]{27}_[A-Za-z0-9]{16,40}|ngrok_pat_[A-Za-z0-9]{16,}");

  private final List<String> secrets = new ArrayList<>();

  /** Adds a secret to look for. */
  public SecretScanner lookingFor(String secret) {
    secrets.add(secret);
    return this;
  }

  /** The names of secrets in a text; empty if there are none. */
  public List<String> leaks(String place, String text) {
    List<String> leaks = new ArrayList<>();
    for (int i = 0; i < secrets.size(); i++) {
      for (String form : forms(secrets.get(i))) {
        int at = text.indexOf(form);
        if (at >= 0) {
          leaks.add(
              "secret %d in %s after: %s"
                  .formatted(i, place, text.substring(Math.max(0, at - 120), at)));
        }
      }
    }
    if (TOKEN.matcher(text).find()) {
      leaks.add("something that looks like a token in " + place);
    }
    return leaks;
  }

  private static Set<String> forms(String secret) {
    Set<String> forms = new LinkedHashSet<>();
    forms.add(secret);
    forms.add(URLEncoder.encode(secret, StandardCharsets.UTF_8));
    for (int offset = 0; offset < 3; offset++) {
      forms.add(encodedAt(Base64.getEncoder(), offset, secret));
      forms.add(encodedAt(Base64.getUrlEncoder(), offset, secret));
    }
    return forms;
  }

  /** The part of the encoded text that does not depend on the text around the secret. */
  private static String encodedAt(Base64.Encoder encoder, int offset, String secret) {
    byte[] bytes = ("\0".repeat(offset) + secret).getBytes(StandardCharsets.UTF_8);
    String encoded = encoder.withoutPadding().encodeToString(bytes);
    return encoded.substring((offset * 8 + 5) / 6, bytes.length * 8 / 6);
  }
}
