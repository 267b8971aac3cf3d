package dev.clinicnet.operator.traffic;

import dev.clinicnet.simulator.TestAuthority;
import dev.clinicnet.simulator.traffic.TrafficAccount.AddressRule;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The objects in the cluster and at the platform that the services of these tests refer to. */
public final class Site {
  /** When every scenario starts. */
  static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

  /** The host that an agent's certificate names. */
  static final String DATABASE_HOST = "*.api.clinicnet.com";

  /** The passwords by user, as the Secret {@code users} holds them. */
  static final Map<String, String> USERS =
      Map.of("ann", "fake-password-of-ann", "bob", "fake-password-of-bob");

  /** The authorities in each key of the ConfigMap and the Secret {@code staff-cas}. */
  static final Map<String, List<String>> BUNDLES =
      Map.of(
          "staff",
          List.of("staff"),
          "second",
          List.of("second"),
          "both",
          List.of("staff", "second"));

  /** The IP policies of the account. */
  static final Map<String, List<AddressRule>> IP_POLICIES =
      Map.of(
          "ipp_offices",
          List.of(
              new AddressRule("192.0.2.0/24", true),
              new AddressRule("2001:db8:aaaa::/48", true),
              new AddressRule("192.0.2.128/25", false)),
          "ipp_partners",
          List.of(new AddressRule("198.51.100.0/24", true)),
          "ipp_blocked",
          List.of(new AddressRule("203.0.113.128/25", false)));

  private static final TestAuthority DATABASE_CA = new TestAuthority("fake database CA");
  private static final TestAuthority.Identity DATABASE = DATABASE_CA.issue(DATABASE_HOST);

  /** Secrets that are ConfigMaps too. */
  static final Map<String, Map<String, String>> OBJECTS =
      Map.of(
          "staff-cas",
          Map.of("staff", bundle("staff"), "second", bundle("second"), "both", bundle("both")),
          "database-tls",
          Map.of("tls.crt", DATABASE.certificatePEM(), "tls.key", DATABASE.keyPEM()));

  private Site() {}

  /** A user's password; of one that is not known, another. */
  static String password(String user) {
    return USERS.getOrDefault(user, "fake-password-of-nobody");
  }

  /** The certificate of an agent, or of an upstream behind an agent that passes TLS through. */
  static TestAuthority.Identity database() {
    return DATABASE;
  }

  /** The authority that has signed it. */
  static TestAuthority databaseAuthority() {
    return DATABASE_CA;
  }

  private static String bundle(String key) {
    StringBuilder pem = new StringBuilder();
    BUNDLES.get(key).forEach(name -> pem.append(Shown.authority(name).pem()));
    return pem.toString();
  }
}
