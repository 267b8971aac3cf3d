package dev.clinicnet.operator.traffic;

import dev.clinicnet.operator.traffic.Credential.Nobody;
import dev.clinicnet.operator.traffic.Credential.Password;
import dev.clinicnet.operator.traffic.Credential.Token;
import dev.clinicnet.operator.traffic.Credential.User;
import java.util.Map;

/** The possible values of the table's column {@code identity}. */
final class CredentialWords {
  /** The OpenID provider that the table calls oidc, and one with which no service works. */
  static final String ISSUER = "https://login.clinicnet.com/realms/staff";

  static final String OTHER_ISSUER = "https://login.clinicnet.com/realms/guests";

  private static final long HOUR = 3600;
  private static final Token GOOD = Token.good();

  private static final Map<String, Token> TOKENS =
      Map.ofEntries(
          Map.entry("good", GOOD),
          Map.entry("expired", GOOD.valid(-2 * HOUR, -HOUR)),
          Map.entry("30s", GOOD.valid(-HOUR, 30)),
          Map.entry("not-yet", GOOD.valid(HOUR, 2 * HOUR)),
          Map.entry("other-issuer", GOOD.issuer(Token.OTHER_ISSUER)),
          Map.entry("issuer-slash", GOOD.issuer(Token.ISSUER + "/")),
          Map.entry("other-audience", GOOD.forAudiences("billing")),
          Map.entry("no-audience", GOOD.forAudiences()),
          Map.entry("two-audiences", GOOD.forAudiences("billing", Token.AUDIENCE)),
          Map.entry("other-key", GOOD.key(TokenKeys.ELSEWHERE)),
          Map.entry("unpublished-key", GOOD.key(TokenKeys.UNPUBLISHED)),
          Map.entry("altered", GOOD.withAlteredClaims()),
          Map.entry("unsigned", GOOD.algorithm("none")),
          Map.entry("es256", GOOD.algorithm("ES256")),
          Map.entry("hs256", GOOD.algorithm("HS256")),
          Map.entry("no-bearer", GOOD.in("Authorization", "")),
          Map.entry("basic-prefix", GOOD.in("Authorization", "Basic ")),
          Map.entry("x-token", GOOD.in(Token.HEADER, "")),
          Map.entry("x-token-bearer", GOOD.in(Token.HEADER, "Bearer ")));

  private CredentialWords() {}

  static Credential read(String text) {
    if (text.equals("none")) {
      return new Nobody();
    }
    String[] words = text.split(":", 3);
    if (words.length == 2) {
      return switch (words[0]) {
        case "google", "github" -> new User(words[0], email(words[1]));
        case "oidc" -> new User(ISSUER, email(words[1]));
        case "other-oidc" -> new User(OTHER_ISSUER, email(words[1]));
        case "jwt" -> token(words[1]);
        default -> throw unknown(text);
      };
    }
    if (words.length == 3 && words[0].equals("basic")) {
      return switch (words[2]) {
        case "right" -> new Password(words[1], Site.password(words[1]));
        case "wrong" -> new Password(words[1], "not-the-password");
        case "empty" -> new Password(words[1], "");
        case "reference" -> new Password(words[1], "${secrets.get('clinicnet_i', 'x')}");
        default -> throw unknown(text);
      };
    }
    throw unknown(text);
  }

  private static Token token(String word) {
    if (!TOKENS.containsKey(word)) {
      throw unknown("jwt:" + word);
    }
    return TOKENS.get(word);
  }

  private static String email(String word) {
    if (word.equals("no-email")) {
      return "";
    }
    if (!word.contains("@")) {
      throw new IllegalArgumentException(word + " is no e-mail address, nor no-email");
    }
    return word;
  }

  private static IllegalArgumentException unknown(String text) {
    return new IllegalArgumentException("no identity is called " + text);
  }
}
