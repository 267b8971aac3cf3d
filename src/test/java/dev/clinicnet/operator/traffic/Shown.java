package dev.clinicnet.operator.traffic;

import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Which client certificate a client shows. */
enum Shown {
  NONE("none", ""),
  STAFF("staff", "staff"),
  /** Of the authority that is to succeed the present one. */
  STAFF_SECOND("staff-second", "second"),
  /** Of an authority that no service trusts. */
  OTHER_CA("other-ca", "other"),
  /** Of the staff's authority, but years ago. */
  EXPIRED("expired", "staff"),
  /** Of nobody. */
  SELF_SIGNED("self-signed", ""),
  /** Of an authority with the name of the staff's and another key. */
  FORGED("forged", "");

  private static final String STAFF_CA = "fake staff CA";
  private static final Map<String, Authority> AUTHORITIES =
      Map.of(
          "staff",
          new Authority(STAFF_CA),
          "second",
          new Authority("fake second staff CA"),
          "other",
          new Authority("fake other CA"));
  private static final Authority IMPOSTOR = new Authority(STAFF_CA);
  private static final Authority LONELY = new Authority("fake lonely client");

  private static final Map<Shown, Authority.Identity> MADE = new ConcurrentHashMap<>();

  private final String word;
  private final String authority;

  Shown(String word, String authority) {
    this.word = word;
    this.authority = authority;
  }

  /** The authority of a name: staff, second or other. */
  static Authority authority(String name) {
    return AUTHORITIES.get(name);
  }

  /** By what the table calls it. */
  static Shown of(String word) {
    return Arrays.stream(values())
        .filter(shown -> shown.word.equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no certificate is called " + word));
  }

  String word() {
    return word;
  }

  /** Who has signed it, by the authority's name; empty when none of those has. */
  Optional<String> signer() {
    return Optional.of(authority).filter(name -> !name.isEmpty());
  }

  /** Whether a client may still show it. */
  boolean isCurrent() {
    return this != EXPIRED;
  }

  /** The certificate and its key; empty for a client without. */
  Optional<Authority.Identity> identity() {
    return this == NONE ? Optional.empty() : Optional.of(MADE.computeIfAbsent(this, Shown::make));
  }

  private Authority.Identity make() {
    return switch (this) {
      case EXPIRED ->
          AUTHORITIES
              .get("staff")
              .client(
                  "ann",
                  Instant.parse("2020-01-01T00:00:00Z"),
                  Instant.parse("2021-01-01T00:00:00Z"));
      case SELF_SIGNED -> LONELY.self();
      case FORGED -> IMPOSTOR.client("ann", Authority.START, Authority.END);
      default -> AUTHORITIES.get(authority).client("ann", Authority.START, Authority.END);
    };
  }

  @Override
  public String toString() {
    return word;
  }
}
