package dev.clinicnet.operator.traffic;

import dev.clinicnet.simulator.TestAuthority;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The certificate that a client shows. */
enum Shown {
  NONE("none", ""),
  STAFF("staff", "staff"),
  /** A certificate of the authority that will succeed the present one. */
  STAFF_SECOND("staff-second", "second"),
  /** A certificate of an authority that no service trusts. */
  OTHER_CA("other-ca", "other"),
  /** An old certificate of the staff's authority, which has expired. */
  EXPIRED("expired", "staff"),
  /** A certificate without an authority. */
  SELF_SIGNED("self-signed", ""),
  /** A certificate of an authority with the name of the staff's authority and another key. */
  FORGED("forged", "");

  private static final String STAFF_CA = "fake staff CA";
  private static final Map<String, TestAuthority> AUTHORITIES =
      Map.of(
          "staff",
          new TestAuthority(STAFF_CA),
          "second",
          new TestAuthority("fake second staff CA"),
          "other",
          new TestAuthority("fake other CA"));
  private static final TestAuthority IMPOSTOR = new TestAuthority(STAFF_CA);
  private static final TestAuthority LONELY = new TestAuthority("fake lonely client");

  private static final Map<Shown, TestAuthority.Identity> MADE = new ConcurrentHashMap<>();

  private final String word;
  private final String authority;

  Shown(String word, String authority) {
    this.word = word;
    this.authority = authority;
  }

  /** The authority of a name: staff, second or other. */
  static TestAuthority authority(String name) {
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

  /** The name of the authority that has signed it; empty when none of these has. */
  Optional<String> signer() {
    return Optional.of(authority).filter(name -> !name.isEmpty());
  }

  /** Whether a client may still show it. */
  boolean isCurrent() {
    return this != EXPIRED;
  }

  /** The certificate and its key; empty for a client without. */
  Optional<TestAuthority.Identity> identity() {
    return this == NONE ? Optional.empty() : Optional.of(MADE.computeIfAbsent(this, Shown::make));
  }

  private TestAuthority.Identity make() {
    return switch (this) {
      case EXPIRED -> AUTHORITIES.get(authority).expired("ann");
      case SELF_SIGNED -> LONELY.self();
      case FORGED -> IMPOSTOR.issue("ann");
      default -> AUTHORITIES.get(authority).issue("ann");
    };
  }

  @Override
  public String toString() {
    return word;
  }
}
