package dev.clinicnet.operator.manifest;

import java.net.IDN;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Host names as DNS has them. */
final class Punycode {
  private static final Pattern HOST =
      Pattern.compile("^(?<before>[a-z]+://|[^@/]*@|)(?<host>[^/:@]+)(?<after>.*)$");

  /**
   * The letters that the standard of 2003, which Java has, and the present one write differently.
   */
  private static final Pattern DISPUTED = Pattern.compile("[\u00df\u03c2\u200c\u200d]");

  private Punycode() {}

  /**
   * A host, a URL or an e-mail address with its host in punycode; empty if the host needs no
   * change, or if there is no unique way.
   */
  static Optional<String> of(String text) {
    Matcher parts = HOST.matcher(Normalizer.normalize(text.strip(), Normalizer.Form.NFC));
    if (!parts.matches()) {
      return Optional.empty();
    }
    String host = parts.group("host").toLowerCase(Locale.ROOT);
    if (host.chars().allMatch(c -> c < 0x80) || DISPUTED.matcher(host).find()) {
      return Optional.empty();
    }
    try {
      return Optional.of(parts.group("before") + IDN.toASCII(host) + parts.group("after"));
    } catch (IllegalArgumentException notAHost) {
      return Optional.empty();
    }
  }
}
