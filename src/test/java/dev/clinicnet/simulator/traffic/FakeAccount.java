package dev.clinicnet.simulator.traffic;

import dev.clinicnet.simulator.MutableClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** An account whose contents a test writes down. */
final class FakeAccount implements TrafficAccount {
  static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  final Map<String, String> secrets = new ConcurrentHashMap<>();
  final Map<String, List<AddressRule>> ipPolicies = new ConcurrentHashMap<>();
  final Map<String, String> authorities = new ConcurrentHashMap<>();
  final Map<String, String> keySets = new ConcurrentHashMap<>();
  final Map<String, Login> logins = new ConcurrentHashMap<>();
  private final MutableClock clock = new MutableClock(START);

  void pass(Duration time) {
    clock.advance(time);
  }

  @Override
  public Clock clock() {
    return clock;
  }

  @Override
  public Optional<String> secret(String vault, String name) {
    return Optional.ofNullable(secrets.get(vault + "/" + name));
  }

  @Override
  public Optional<List<AddressRule>> ipPolicy(String id) {
    return Optional.ofNullable(ipPolicies.get(id));
  }

  @Override
  public Optional<String> certificateAuthority(String id) {
    return Optional.ofNullable(authorities.get(id));
  }

  @Override
  public Optional<String> keySet(String url) {
    return Optional.ofNullable(keySets.get(url));
  }

  @Override
  public Optional<Login> login(String cookie) {
    return Optional.ofNullable(logins.get(cookie));
  }
}
