package dev.clinicnet.operator.traffic;

import dev.clinicnet.operator.api.v1alpha1.Access;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceSpec;
import dev.clinicnet.operator.traffic.Credential.Nobody;
import dev.clinicnet.operator.traffic.Credential.Password;
import dev.clinicnet.operator.traffic.Credential.Token;
import dev.clinicnet.operator.traffic.Credential.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Attempts at one service: most are nearly right, and many at the border of what it allows. */
final class RandomAttempts {
  private static final List<String> ANYWHERE =
      List.of("203.0.113.7", "198.51.100.7", "192.0.2.1", "192.0.2.128", "2001:db8:10::7");
  private static final List<String> SUFFIXES =
      List.of(
          "",
          "/",
          "/x",
          "/x?y=/z",
          "admin",
          "/../x",
          "/..;/x",
          "/%2e%2e/x",
          "%2fx",
          "/%252e%252e/",
          "/.",
          "/./x",
          "//x",
          ";a=b",
          "/x;a=b",
          "/a%20b",
          "/%41",
          "/..%5cx",
          "x/..",
          "/..");
  private static final List<String> PREFIXES = List.of("/", "//h", "/x/..", "/.", "/%2e%2e", "/x");

  private final Random random;
  private final ClinicServiceSpec spec;
  private final Access access;
  private final List<String> addresses = new ArrayList<>(ANYWHERE);
  private long at;

  RandomAttempts(long seed, ClinicServiceSpec spec) {
    random = new Random(seed);
    this.spec = spec;
    access = spec.access();
    access.allowCIDRs().forEach(network -> addresses.addAll(AddressFacts.borders(network)));
    access.denyCIDRs().forEach(network -> addresses.addAll(AddressFacts.borders(network)));
    access.ipPolicyIDs().stream()
        .flatMap(id -> Site.IP_POLICIES.get(id).stream())
        .forEach(rule -> addresses.addAll(AddressFacts.borders(rule.cidr())));
  }

  /** The next in time. */
  Attempt next() {
    at += any(List.of(0, 1, 5, 9, 31));
    boolean request = spec.expose().https() != null;
    return new Attempt(
        any(addresses),
        access.mutualTLS() != null && random.nextInt(3) > 0
            ? any(List.of(Shown.STAFF, Shown.STAFF_SECOND))
            : any(List.of(Shown.values())),
        request ? credential() : new Nobody(),
        request ? any(List.of("GET", "GET", "POST", "DELETE")) : "",
        request ? target(spec.expose().https().paths()) : "",
        at);
  }

  private String target(List<String> paths) {
    if (paths.isEmpty() || random.nextInt(8) == 0) {
      return any(List.of("/", "/x", "/api", "/API", "/v1", "/apiadmin", "//api", "/x?/api"));
    }
    String path = any(paths);
    return switch (random.nextInt(6)) {
      case 0 -> any(PREFIXES) + path;
      case 1 -> path.toUpperCase(Locale.ROOT);
      case 2, 3 -> path + any(SUFFIXES);
      default -> path;
    };
  }

  private Credential credential() {
    int kind = random.nextInt(10);
    if (kind == 0) {
      return new Nobody();
    }
    if (kind == 1) {
      return any(
          List.of(
              new Password("ann", Site.password("ann")),
              Token.good(),
              new User("google", "ann@clinicnet.com")));
    }
    if (access.jwt() != null) {
      return token();
    }
    if (access.basicAuth() != null) {
      return new Password(
          any(List.of("ann", "ann", "bob", "carl", "ANN", "")),
          any(List.of(Site.password("ann"), Site.password("ann"), Site.password("bob"), "x", "")));
    }
    String provider = access.oidc() == null ? "google" : CredentialWords.ISSUER;
    if (access.oauth() != null) {
      provider = access.oauth().provider();
    }
    if (random.nextInt(8) == 0) {
      provider = any(List.of("google", "github", CredentialWords.OTHER_ISSUER));
    }
    return new User(provider, email());
  }

  private String email() {
    String domain = any(RestrictiveServices.DOMAINS);
    String email = any(RestrictiveServices.EMAILS);
    return any(
        List.of(
            email,
            email,
            "x@" + domain,
            email + ".evil.org",
            "x@not" + domain,
            "x@sub." + domain,
            "jo" + email,
            email.toUpperCase(Locale.ROOT),
            "X@" + domain.toUpperCase(Locale.ROOT),
            domain,
            email + "@evil.org",
            email.replace('.', 'x'),
            ""));
  }

  private Token token() {
    Token token =
        Token.good()
            .issuer(any(access.jwt().allowedIssuers()))
            .algorithm(any(access.jwt().algorithms()))
            .key(
                TokenKeys.publishedAt(any(access.jwt().jwksURLs()))
                    .orElseThrow(AssertionError::new))
            .in(
                access.jwt().header(),
                access.jwt().header().equalsIgnoreCase("Authorization") ? "Bearer " : "");
    if (!access.jwt().allowedAudiences().isEmpty()) {
      token = token.forAudiences(any(access.jwt().allowedAudiences()), "others");
    }
    return switch (random.nextInt(14)) {
      case 0 -> token.valid(-60, at + 1);
      case 1 -> token.valid(-60, at);
      case 2 -> token.valid(at + 1, at + 60);
      case 3 -> token.valid(at, at + 60);
      case 4 -> token.issuer(any(List.of(Token.ISSUER + "/", Token.OTHER_ISSUER)));
      case 5 -> token.forAudiences(any(List.of("record", "records", "billing")));
      case 6 -> token.forAudiences();
      case 7 -> token.algorithm(any(List.of("none", "HS256", "ES256", "RS256")));
      case 8 -> token.key(any(List.of(TokenKeys.ELSEWHERE, TokenKeys.UNPUBLISHED)));
      case 9 ->
          any(
              List.of(
                  token.withAlteredClaims(),
                  token.in(token.header(), "Basic "),
                  token.in("X-Other", "")));
      default -> token;
    };
  }

  private <T> T any(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
