package dev.clinicnet.operator.fleetpage;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Viewers show a token of Kubernetes: as a bearer token, or as the password of HTTP Basic, which
 * every browser can ask for. The user name of HTTP Basic is ignored. Kubernetes says whose token it
 * is. The answer is remembered for a short time under a hash of the token, never the token itself.
 */
final class TokenLogin implements Login {
  private static final Duration ACCEPTED = Duration.ofSeconds(60);
  private static final Duration REJECTED = Duration.ofSeconds(10);
  private static final int LONGEST = 16 * 1024;

  private static final Refused ASKED =
      new Refused(
          401,
          "Show a Kubernetes token: as the password (with any user name), or as a bearer token."
              + " For example: kubectl create token ACCOUNT",
          "Basic realm=\"Any user name. Password: a Kubernetes token\", charset=\"UTF-8\"");

  private final Reviews reviews;
  private final FailureLimit limit;
  private final RecentAnswers<String, Optional<Viewer>> known;

  /**
   * A login.
   *
   * @param nanos a monotonic time in nanoseconds
   */
  TokenLogin(Reviews reviews, LongSupplier nanos) {
    this.reviews = reviews;
    this.limit = new FailureLimit(nanos);
    this.known = new RecentAnswers<>(holder -> holder.isPresent() ? ACCEPTED : REJECTED, nanos);
  }

  @Override
  public Outcome check(Credentials credentials) {
    List<String> headers = credentials.header("Authorization");
    if (headers.isEmpty()) {
      return ASKED;
    }
    Optional<String> token = headers.size() == 1 ? token(headers.get(0)) : Optional.empty();
    String hash = token.map(TokenLogin::hash).orElse("");
    Optional<Optional<Viewer>> remembered = known.find(hash);
    if (remembered.isPresent() && remembered.get().isPresent()) {
      return new Known(remembered.get().get());
    }
    if (limit.isReached(credentials.address())) {
      return TOO_MANY_FAILURES;
    }
    Optional<Viewer> holder = Optional.empty();
    if (token.isPresent() && remembered.isEmpty()) {
      holder = known.put(hash, reviews.holder(token.get()));
    }
    if (holder.isEmpty()) {
      limit.failed(credentials.address());
      return ASKED;
    }
    return new Known(holder.get());
  }

  /** The token in the header Authorization; empty if there is none that could be one. */
  private static Optional<String> token(String header) {
    int space = header.indexOf(' ');
    String scheme = space < 0 ? "" : header.substring(0, space);
    String value = header.substring(space + 1).strip();
    Optional<String> token = Optional.empty();
    if (scheme.equalsIgnoreCase("Bearer")) {
      token = Optional.of(value);
    } else if (scheme.equalsIgnoreCase("Basic")) {
      token = password(value);
    }
    return token.filter(text -> text.length() <= LONGEST && text.matches("[!-~]+"));
  }

  private static Optional<String> password(String encoded) {
    try {
      String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
      int colon = pair.indexOf(':');
      return colon < 0 ? Optional.empty() : Optional.of(pair.substring(colon + 1).strip());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String hash(String token) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
