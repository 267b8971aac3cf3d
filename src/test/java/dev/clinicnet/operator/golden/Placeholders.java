package dev.clinicnet.operator.golden;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Puts names in the place of what is another one at every run: the first id of a text is {@code
 * id-1}, and every place where it stands says so.
 */
final class Placeholders {
  private static final List<Varying> VARYING =
      List.of(
          Varying.of("private-key", "-----BEGIN PRIVATE KEY-----.*?-----END PRIVATE KEY-----"),
          Varying.of("certificates", "\\(certificates, sha256 [0-9a-f]{16}\\)"),
          Varying.of("token", "\\b[0-9A-Za-z]{27}_[0-9A-Za-z]{21}\\b"),
          Varying.of("id", "\\b[a-z]+_[0-9A-Za-z]{27}\\b"),
          Varying.of("nonce", "\\bfresh-nonce-[0-9]+\\b"),
          Varying.of("target", "\\b([0-9a-z]{19}\\.)?[0-9a-z]{17}\\.ngrok-cname\\.com\\b"));

  private record Varying(String name, Pattern pattern) {
    static Varying of(String name, String regex) {
      return new Varying(name, Pattern.compile(regex, Pattern.DOTALL));
    }
  }

  private Placeholders() {}

  /** The text with placeholders. */
  static String in(String text) {
    String replaced = text;
    for (Varying varying : VARYING) {
      Map<String, String> seen = new HashMap<>();
      replaced =
          varying
              .pattern()
              .matcher(replaced)
              .replaceAll(
                  match ->
                      seen.computeIfAbsent(
                          match.group(), value -> varying.name() + "-" + (seen.size() + 1)));
    }
    return replaced;
  }
}
