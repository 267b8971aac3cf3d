package dev.clinicnet.operator.ngrok;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Makes text of the platform fit for logs, conditions and Events: without secrets, on one line, of
 * a bounded length, and the same for the same error, so that status does not change for nothing.
 */
final class Redaction {
  private static final String STARS = "***";
  private static final int LONGEST = 400;

  /** Shorter secrets would blot out ordinary words. */
  private static final int SHORTEST_SECRET = 4;

  /**
   * API keys and authtokens look like {@code <ksuid>_<secret>} (documented for keys; observed for
   * authtokens). An object's id has a short word before its underscore, so it stays. Access tokens
   * begin with {@code ngrok_pat_} (documented).
   */
  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<![A-Za-z0-9])(?:[A-Za-z0-9]{20,30}_[A-Za-z0-9][A-Za-z0-9_-]{14,}"
              + "|ngrok_pat_[A-Za-z0-9_-]+)");

  private static final Pattern SCHEME =
      Pattern.compile("(?i)\\b(bearer|basic)\\s+[A-Za-z0-9._~+/=-]{8,}");

  /**
   * The platform's 403 texts echo what was submitted: {@code Your credential: `…`} and the like
   * (documented for 201, 202, 203, 206, 207, 208).
   */
  private static final Pattern ECHO =
      Pattern.compile(
          "(?i)\\b(authorization header|authorization|authentication|credentials?|key|token"
              + "|password|secret)(\\s*[:=]\\s*)"
              + "(?:(?:bearer|basic)\\s+)?(?:`[^`]*`|'[^']*'|\"[^\"]*\"|\\S+)");

  private static final Pattern QUOTED = Pattern.compile("`[^`]*`|'[^']*'|\"[^\"]*\"");

  /** Each answer has another one, which would make every message a new one. */
  private static final Pattern OPERATION_ID =
      Pattern.compile("\\(?\\s*(?:operation(?:[ _]id)?:?\\s*)?\\bop_[A-Za-z0-9]{8,}\\s*\\)?");

  private static final Pattern NOT_PRINTABLE = Pattern.compile("[\\s\\p{Cntrl}\\p{Zl}\\p{Zp}]+");

  private Redaction() {}

  /**
   * The text without anything secret.
   *
   * @param secrets what must not appear in it, in clear or in base64: the API key, and what the
   *     request contained
   */
  static String redact(String text, List<String> secrets) {
    String safe = text;
    for (String secret : secrets) {
      safe = without(safe, secret);
    }
    safe = TOKEN.matcher(safe).replaceAll(STARS);
    safe = ECHO.matcher(safe).replaceAll("$1$2" + STARS);
    safe = SCHEME.matcher(safe).replaceAll("$1 " + STARS);
    safe = OPERATION_ID.matcher(safe).replaceAll("");
    safe = NOT_PRINTABLE.matcher(safe).replaceAll(" ").strip();
    return safe.length() <= LONGEST ? safe : safe.substring(0, LONGEST) + "…";
  }

  /** The text of {@link #redact} without any quoted part, for refusals of a credential. */
  static String redactQuoted(String text, List<String> secrets) {
    return redact(QUOTED.matcher(text).replaceAll(STARS), secrets);
  }

  private static String without(String text, String secret) {
    if (secret == null || secret.length() < SHORTEST_SECRET) {
      return text;
    }
    String safe = text.replace(secret, STARS);
    for (int offset = 0; offset < 3; offset++) {
      String encoded = encodedAt(offset, secret);
      if (encoded.length() >= SHORTEST_SECRET) {
        safe = safe.replace(encoded, STARS);
        safe = safe.replace(encoded.replace('+', '-').replace('/', '_'), STARS);
      }
    }
    return safe;
  }

  /**
   * What base64 makes of the secret wherever it begins at this offset from a multiple of three
   * bytes, without the characters that depend on its neighbours: as in {@code user:secret}.
   */
  private static String encodedAt(int offset, String secret) {
    byte[] bytes = ("\0".repeat(offset) + secret).getBytes(StandardCharsets.UTF_8);
    String encoded = Base64.getEncoder().withoutPadding().encodeToString(bytes);
    int first = (offset * 8 + 5) / 6;
    int last = bytes.length * 8 / 6;
    return encoded.substring(Math.min(first, last), last);
  }
}
