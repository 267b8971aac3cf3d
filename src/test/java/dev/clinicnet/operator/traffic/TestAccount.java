package dev.clinicnet.operator.traffic;

import dev.clinicnet.operator.traffic.Credential.User;
import dev.clinicnet.simulator.MutableClock;
import dev.clinicnet.simulator.edge.EdgeAccount;
import dev.clinicnet.simulator.edge.OnlineEndpoint;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** An account in memory, whose clock stands still until a test moves it. */
final class TestAccount implements EdgeAccount {
  private final Map<String, User> sessions = new ConcurrentHashMap<>();
  private final MutableClock clock = new MutableClock(Site.START);
  private volatile String vault = "";
  private volatile Map<String, String> secrets = Map.of();
  private volatile List<OnlineEndpoint> endpoints = List.of();

  /** Holds what a service has put into the vault, and nothing else. */
  void vault(String name, Map<String, String> entries) {
    vault = name;
    secrets = Map.copyOf(entries);
  }

  /** Sets the endpoints that are online. */
  void online(List<OnlineEndpoint> all) {
    endpoints = List.copyOf(all);
  }

  /** Sets the clock to a number of seconds after the start. */
  void moveTo(long seconds) {
    clock.set(Site.START.plusSeconds(seconds));
  }

  /** The value of the cookie that a user has after the login. */
  String session(User user) {
    String cookie = "fake-session-" + Integer.toHexString(user.hashCode());
    User other = sessions.putIfAbsent(cookie, user);
    if (other != null && !other.equals(user)) {
      throw new AssertionError("one cookie for " + user + " and " + other);
    }
    return cookie;
  }

  @Override
  public Clock clock() {
    return clock;
  }

  @Override
  public Optional<String> secret(String of, String name) {
    return of.equals(vault) ? Optional.ofNullable(secrets.get(name)) : Optional.empty();
  }

  @Override
  public Optional<List<AddressRule>> ipPolicy(String id) {
    return Optional.ofNullable(Site.IP_POLICIES.get(id));
  }

  @Override
  public Optional<String> certificateAuthority(String id) {
    return Optional.empty();
  }

  @Override
  public Optional<String> keySet(String url) {
    return TokenKeys.keySet(url);
  }

  @Override
  public Optional<Login> login(String cookie) {
    return Optional.ofNullable(sessions.get(cookie))
        .map(user -> new Login(user.provider(), "user-1", "Some Body", user.email()));
  }

  @Override
  public List<OnlineEndpoint> endpoints() {
    return endpoints;
  }
}
