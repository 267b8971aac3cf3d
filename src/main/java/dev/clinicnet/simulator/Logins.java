package dev.clinicnet.simulator;

import dev.clinicnet.simulator.traffic.TrafficAccount.Login;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The users who have logged in at a simulated provider, by the value of the session cookie. */
final class Logins {
  private final Map<String, Login> byCookie = new ConcurrentHashMap<>();

  /** Logs a user in, and returns the value of the cookie. */
  String add(Login login) {
    String cookie = UUID.randomUUID().toString();
    byCookie.put(cookie, login);
    return cookie;
  }

  Optional<Login> of(String cookie) {
    return Optional.ofNullable(byCookie.get(cookie));
  }

  void reset() {
    byCookie.clear();
  }
}
