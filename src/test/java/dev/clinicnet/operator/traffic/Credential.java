package dev.clinicnet.operator.traffic;

import java.util.List;

/** How a client of a test says who it is. */
sealed interface Credential {

  /** It says nothing. */
  record Nobody() implements Credential {
    @Override
    public String toString() {
      return "none";
    }
  }

  /**
   * The cookie of a session, after a login at a provider.
   *
   * @param provider an OAuth provider's name, or the issuer's URL of an OpenID provider
   * @param email empty for a user without an e-mail address
   */
  record User(String provider, String email) implements Credential {
    @Override
    public String toString() {
      return provider + ":" + email;
    }
  }

  /** A user name and a password. */
  record Password(String user, String password) implements Credential {
    @Override
    public String toString() {
      return "basic:" + user + ":" + password;
    }
  }

  /**
   * A signed token.
   *
   * @param key whose key has signed it, see {@link TokenKeys}
   * @param algorithm {@code none} for one without a signature, {@code HS256} for one that takes the
   *     public key for a shared one
   * @param audience empty: without the claim
   * @param notBefore seconds after the scenario's start
   * @param expires seconds after the scenario's start
   * @param header in which it is sent
   * @param prefix what is sent before it
   */
  record Token(
      String key,
      String algorithm,
      String issuer,
      List<String> audience,
      long notBefore,
      long expires,
      boolean altered,
      String header,
      String prefix)
      implements Credential {
    static final String ISSUER = "https://login.clinicnet.com";
    static final String OTHER_ISSUER = "https://login.elsewhere.org";
    static final String AUDIENCE = "records";
    static final String HEADER = "X-Clinic-Token";
    private static final long HOUR = 3600;

    /** A token that is valid for an hour, for a service that accepts such tokens. */
    static Token good() {
      return new Token(
          TokenKeys.LOGIN,
          "RS256",
          ISSUER,
          List.of(AUDIENCE),
          -HOUR,
          HOUR,
          false,
          "Authorization",
          "Bearer ");
    }

    Token key(String other) {
      return new Token(
          other, algorithm, issuer, audience, notBefore, expires, altered, header, prefix);
    }

    Token algorithm(String other) {
      return new Token(key, other, issuer, audience, notBefore, expires, altered, header, prefix);
    }

    Token issuer(String other) {
      return new Token(
          key, algorithm, other, audience, notBefore, expires, altered, header, prefix);
    }

    Token forAudiences(String... others) {
      return new Token(
          key, algorithm, issuer, List.of(others), notBefore, expires, altered, header, prefix);
    }

    Token valid(long from, long until) {
      return new Token(key, algorithm, issuer, audience, from, until, altered, header, prefix);
    }

    /** A token with a claim that was changed after the signature. */
    Token withAlteredClaims() {
      return new Token(key, algorithm, issuer, audience, notBefore, expires, true, header, prefix);
    }

    Token in(String otherHeader, String otherPrefix) {
      return new Token(
          key, algorithm, issuer, audience, notBefore, expires, altered, otherHeader, otherPrefix);
    }
  }
}
