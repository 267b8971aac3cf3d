package dev.clinicnet.simulator;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * The behaviour of a simulator.
 *
 * @param port the loopback port, 0 for any free one
 * @param rateLimit requests per rolling 60 seconds; the platform documents 120; empty for no limit
 * @param domainDelay how long a new domain stays unusable for endpoints (observed on the platform,
 *     not documented)
 * @param certificateDelay how long a managed certificate takes
 * @param apiKey the only key that is accepted; null accepts every well-formed key
 * @param agentPort the loopback port for agents outside of the simulator, 0 for any free one
 * @param clock the clock of all delays, windows and timestamps
 * @param accounts the API keys of further accounts, by their names; each key is accepted for its
 *     account only
 */
public record SimulatorOptions(
    int port,
    OptionalInt rateLimit,
    Duration domainDelay,
    Duration certificateDelay,
    String apiKey,
    int agentPort,
    Clock clock,
    Map<String, String> accounts) {

  public SimulatorOptions {
    Objects.requireNonNull(rateLimit, "rateLimit");
    Objects.requireNonNull(domainDelay, "domainDelay");
    Objects.requireNonNull(certificateDelay, "certificateDelay");
    Objects.requireNonNull(clock, "clock");
    accounts = Map.copyOf(accounts);
  }

  /** Any free port, the documented rate limit, no delays, any well-formed key, the system clock. */
  public static SimulatorOptions defaults() {
    return new SimulatorOptions(
        0, OptionalInt.of(120), Duration.ZERO, Duration.ZERO, null, 0, Clock.systemUTC(), Map.of());
  }

  /** The same options on another port. */
  public SimulatorOptions withPort(int value) {
    return new SimulatorOptions(
        value, rateLimit, domainDelay, certificateDelay, apiKey, agentPort, clock, accounts);
  }

  /** The same options with another rate limit. */
  public SimulatorOptions withRateLimit(int value) {
    return withRateLimit(OptionalInt.of(value));
  }

  /** The same options without a rate limit. */
  public SimulatorOptions withoutRateLimit() {
    return withRateLimit(OptionalInt.empty());
  }

  private SimulatorOptions withRateLimit(OptionalInt value) {
    return new SimulatorOptions(
        port, value, domainDelay, certificateDelay, apiKey, agentPort, clock, accounts);
  }

  /** The same options with another delay between a domain and its first endpoint. */
  public SimulatorOptions withDomainDelay(Duration value) {
    return new SimulatorOptions(
        port, rateLimit, value, certificateDelay, apiKey, agentPort, clock, accounts);
  }

  /** The same options with another time to a managed certificate. */
  public SimulatorOptions withCertificateDelay(Duration value) {
    return new SimulatorOptions(
        port, rateLimit, domainDelay, value, apiKey, agentPort, clock, accounts);
  }

  /** The same options with one accepted key. */
  public SimulatorOptions withApiKey(String value) {
    return new SimulatorOptions(
        port, rateLimit, domainDelay, certificateDelay, value, agentPort, clock, accounts);
  }

  /** The same options with another port for agents. */
  public SimulatorOptions withAgentPort(int value) {
    return new SimulatorOptions(
        port, rateLimit, domainDelay, certificateDelay, apiKey, value, clock, accounts);
  }

  /** The same options on another clock. */
  public SimulatorOptions withClock(Clock value) {
    return new SimulatorOptions(
        port, rateLimit, domainDelay, certificateDelay, apiKey, agentPort, value, accounts);
  }

  /** The same options with one more account. */
  public SimulatorOptions withAccount(String name, String key) {
    Map<String, String> more = new HashMap<>(accounts);
    more.put(name, key);
    return new SimulatorOptions(
        port, rateLimit, domainDelay, certificateDelay, apiKey, agentPort, clock, more);
  }

  /** The keys are left out, because they must not reach a log. */
  @Override
  public String toString() {
    return "SimulatorOptions[port=%d, rateLimit=%s, domainDelay=%s, certificateDelay=%s]"
        .formatted(port, rateLimit, domainDelay, certificateDelay);
  }
}
