package dev.clinicnet.operator.controller;

import dev.clinicnet.operator.api.v1alpha1.NgrokAccount;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** How long the statuses of NgrokAccounts have been about another spec than the present one. */
final class UnansweredSpecs {
  private final Map<String, Seen> seen = new ConcurrentHashMap<>();

  /** A generation that this process has seen while the status was about another one. */
  private record Seen(Long generation, Instant since) {}

  /** The time since this process first saw it; zero while the status is about the present spec. */
  Duration since(NgrokAccount account, Instant now) {
    String name = account.getMetadata().getName();
    Long generation = account.getMetadata().getGeneration();
    Long observed = account.getStatus() == null ? null : account.getStatus().observedGeneration();
    if (Objects.equals(generation, observed)) {
      seen.remove(name);
      return Duration.ZERO;
    }
    Seen first =
        seen.compute(
            name,
            (key, before) ->
                before != null && Objects.equals(before.generation(), generation)
                    ? before
                    : new Seen(generation, now));
    return Duration.between(first.since(), now);
  }
}
