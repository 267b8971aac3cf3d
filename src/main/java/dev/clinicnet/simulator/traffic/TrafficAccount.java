package dev.clinicnet.simulator.traffic;

import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** The part of the account that policies read. Many threads may call every method. */
public interface TrafficAccount {

  /**
   * One rule of an IP policy.
   *
   * @param cidr the network
   * @param allow whether it admits; otherwise it denies
   */
  record AddressRule(String cidr, boolean allow) {}

  /**
   * A user who has logged in at a simulated provider.
   *
   * @param provider an OAuth provider's name ({@code google}), or the issuer URL of an OpenID
   *     provider
   * @param email empty for a user without an e-mail address
   */
  record Login(String provider, String id, String name, String email) {}

  /** The clock of the account. Rates, tokens and {@code time.now} use it. */
  Clock clock();

  /** The value of a vault secret; empty when there is none of that name. */
  Optional<String> secret(String vault, String name);

  /** The rules of an IP policy; empty when there is no such policy. */
  Optional<List<AddressRule>> ipPolicy(String id);

  /** The PEM text of a certificate authority; empty when there is none with that id. */
  Optional<String> certificateAuthority(String id);

  /** The JSON Web Key Set that represents the one at a URL; empty when none was given. */
  Optional<String> keySet(String url);

  /** The user of a session cookie; empty when no user has logged in with it. */
  Optional<Login> login(String cookie);
}
