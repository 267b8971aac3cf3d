package dev.clinicnet.operator.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Checks that a gateway does what the oracle promises. Every request that reaches the upstream is
 * allowed. Every client that must get in does. Every refused client is refused by the first check
 * that it does not pass. Rules written by hand run after that, and admit no client.
 */
final class AccessProperty {
  private final Function<PublishedService, ? extends Gateway> gateways;
  private final int requestsEach;
  private final Map<Outcome, Integer> seen = new EnumMap<>(Outcome.class);
  private final Map<Outcome, Integer> dials = new EnumMap<>(Outcome.class);
  private int manifests;

  AccessProperty(Function<PublishedService, ? extends Gateway> gateways, int requestsEach) {
    this.gateways = gateways;
    this.requestsEach = requestsEach;
  }

  /** Checks services, the first of a seed and those after it. */
  void check(long seed, int count) {
    for (long i = seed; i < seed + count; i++) {
      PublishedService service = service(i);
      Optional<String> fault = fault(service, i);
      assertThat(fault).as("seed %d: %s", i, service.policy()).isEmpty();
    }
  }

  /** The service of a seed. */
  static PublishedService service(long seed) {
    String manifest = new RestrictiveServices(seed).next();
    return PublishedService.of(manifest)
        .orElseThrow(() -> new AssertionError("seed " + seed + " is refused: " + manifest));
  }

  /** The first attempt of a seed at a service that does not end as the manifest promises. */
  Optional<String> fault(PublishedService service, long seed) {
    AccessOracle oracle = new AccessOracle(service.service().getSpec());
    RandomAttempts attempts = new RandomAttempts(seed, service.service().getSpec());
    manifests++;
    try (Gateway gateway = gateways.apply(service)) {
      return fault(service, gateway, oracle, attempts);
    }
  }

  private Optional<String> fault(
      PublishedService service, Gateway gateway, AccessOracle oracle, RandomAttempts attempts) {
    for (int i = 0; i < requestsEach; i++) {
      Attempt attempt = attempts.next();
      Set<Outcome> promised = promised(service, oracle, attempt);
      Outcome outcome = gateway.outcome(attempt);
      seen.merge(outcome, 1, Integer::sum);
      if (!promised.contains(outcome)) {
        return Optional.of("%s became %s instead of %s".formatted(attempt, outcome, promised));
      }
    }
    return service.scheme().equals("https")
        ? dialFault(gateway, oracle, attempts)
        : Optional.empty();
  }

  /** What goes past the public endpoint is refused by a lock, and by nothing else. */
  private Optional<String> dialFault(
      Gateway gateway, AccessOracle oracle, RandomAttempts attempts) {
    for (String guess : List.of("", "guess")) {
      Attempt attempt = attempts.next();
      Outcome outcome = gateway.dialled(attempt, guess);
      dials.merge(outcome, 1, Integer::sum);
      if (outcome != oracle.dialled()) {
        return Optional.of(
            "a dial by %s became %s instead of %s".formatted(attempt, outcome, oracle.dialled()));
      }
    }
    return Optional.empty();
  }

  private static Set<Outcome> promised(
      PublishedService service, AccessOracle oracle, Attempt attempt) {
    Set<Outcome> promised = new HashSet<>(oracle.outcomes(attempt));
    if (HandWrittenRules.answer(service.service().getSpec().trafficPolicy(), attempt)
        && promised.remove(Outcome.OK)) {
      promised.add(Outcome.NOT_FOUND);
    }
    return promised;
  }

  /** The attempts so far, in one line. */
  String counts() {
    int requests = seen.values().stream().mapToInt(Integer::intValue).sum();
    int in = seen.getOrDefault(Outcome.OK, 0) + seen.getOrDefault(Outcome.CONNECTED, 0);
    return "%d manifests, %d requests, %d let in, %d refused %s, dials %s"
        .formatted(manifests, requests, in, requests - in, seen, dials);
  }

  /** How often something became of a dial. */
  int dials(Outcome outcome) {
    return dials.getOrDefault(outcome, 0);
  }

  /** How often something became of an attempt. */
  int count(Outcome outcome) {
    return seen.getOrDefault(outcome, 0);
  }
}
