package dev.clinicnet.operator.account;

import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Unseen;
import dev.clinicnet.operator.ngrok.Failure;
import dev.clinicnet.operator.ngrok.NgrokException;
import dev.clinicnet.operator.ngrok.Resource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How old the lists of an account are, and whether what rests on them can still be claimed. It
 * cannot when lists fail and the last one is older than three intervals, or when the API key was
 * refused twice in a row. It can again when a list succeeds. Safe for threads.
 */
public final class Sight {
  /** What is known of agents rests on these lists. */
  static final List<Resource<?, ?, ?>> AGENTS =
      List.of(Resource.TUNNEL_SESSIONS, Resource.ENDPOINTS);

  private static final int INTERVALS = 3;

  /** One refusal may be a slip of the platform. */
  private static final int REFUSALS = 2;

  private final Clock clock;
  private final Duration driftInterval;
  private final Duration agentInterval;
  private final Map<Resource<?, ?, ?>, Listed> listed = new LinkedHashMap<>();
  private final Map<Resource<?, ?, ?>, Failing> failing = new LinkedHashMap<>();
  private Instant started;

  /** The last list of a resource that succeeded. */
  private record Listed(Instant begun, Duration took) {}

  /**
   * A resource whose list fails.
   *
   * @param failure the one to tell: it stays the same, so that the words do
   * @param last when it failed last
   * @param refusals how often in a row the key was refused
   * @param refused whether the key counts as refused, which only a list that succeeds can end
   */
  private record Failing(NgrokException failure, Instant last, int refusals, boolean refused) {
    Failing next(NgrokException next, Instant now) {
      int inARow = next.failure() == Failure.UNAUTHORIZED ? refusals + 1 : 0;
      boolean isRefused = refused || inARow >= REFUSALS;
      boolean keeps = refused || (!isRefused && failure.failure() != Failure.UNAUTHORIZED);
      return new Failing(keeps ? failure : next, now, inARow, isRefused);
    }
  }

  /** Nothing was listed yet. */
  public Sight(Clock clock, Duration driftInterval, Duration agentInterval) {
    this.clock = clock;
    this.driftInterval = driftInterval;
    this.agentInterval = agentInterval;
  }

  /** A sweep begins now. */
  synchronized Instant begin() {
    Instant now = clock.instant();
    if (started == null) {
      started = now;
    }
    return now;
  }

  /** Lists were taken by a sweep that began at the given moment. */
  synchronized void listed(Collection<Resource<?, ?, ?>> resources, Instant begun) {
    Listed now = new Listed(begun, Duration.between(begun, clock.instant()));
    for (Resource<?, ?, ?> resource : resources) {
      listed.put(resource, now);
      failing.remove(resource);
    }
  }

  /** Lists could not be taken. */
  synchronized void failed(Collection<Resource<?, ?, ?>> resources, NgrokException failure) {
    Instant now = clock.instant();
    for (Resource<?, ?, ?> resource : resources) {
      Failing before = failing.getOrDefault(resource, new Failing(failure, now, 0, false));
      failing.put(resource, before.next(failure, now));
    }
  }

  /** Why what rests on complete lists of these resources cannot be claimed; empty when it can. */
  public synchronized Optional<Unseen> unseen(Collection<Resource<?, ?, ?>> resources) {
    return unseen(resources, driftInterval);
  }

  /** Why nothing can be claimed of agents; empty when it can. */
  public synchronized Optional<Unseen> unseenAgents() {
    return unseen(AGENTS, agentInterval);
  }

  /** Why lists of these resources fail, if only for a moment: what waits for them can say so. */
  public synchronized Optional<Unseen> failure(Collection<Resource<?, ?, ?>> resources) {
    return why(resources.stream().filter(failing::containsKey).toList());
  }

  /** What cannot be claimed, and why: it differs when objects have something else to say. */
  public synchronized Map<String, Reason> losses() {
    Map<String, Reason> losses = new LinkedHashMap<>();
    for (Resource<?, ?, ?> resource : failing.keySet()) {
      unseen(List.of(resource), driftInterval)
          .ifPresent(unseen -> losses.put(resource.path(), unseen.reason()));
    }
    unseenAgents().ifPresent(unseen -> losses.put("agents", unseen.reason()));
    return losses;
  }

  /**
   * How long ago the last list of a resource began that succeeded; before the first, how long that
   * has been tried. Empty where nothing is listed.
   */
  public synchronized Optional<Duration> age(Resource<?, ?, ?> resource) {
    return started == null
        ? Optional.empty()
        : Optional.of(Duration.between(seen(resource), clock.instant()));
  }

  /** Whether the last attempt to list the account succeeded; empty before the first has ended. */
  public synchronized Optional<Boolean> isListed() {
    boolean fails = Account.NEEDED.stream().anyMatch(failing::containsKey);
    return fails || !listed.isEmpty() ? Optional.of(!fails) : Optional.empty();
  }

  private Optional<Unseen> unseen(Collection<Resource<?, ?, ?>> resources, Duration interval) {
    return why(resources.stream().filter(resource -> isLost(resource, interval)).toList());
  }

  private Optional<Unseen> why(List<Resource<?, ?, ?>> lost) {
    Optional<Failing> refused = lost.stream().map(failing::get).filter(Failing::refused).findAny();
    Optional<Instant> since = lost.stream().map(this::seen).min(Instant::compareTo);
    return since.map(
        when -> {
          NgrokException failure =
              refused.orElseGet(() -> failing.get(lost.iterator().next())).failure();
          return new Unseen(reason(failure.failure()), when, failure.getMessage());
        });
  }

  private boolean isLost(Resource<?, ?, ?> resource, Duration interval) {
    Failing fails = failing.get(resource);
    return fails != null
        && (fails.refused()
            || Duration.between(seen(resource), fails.last()).compareTo(limit(resource, interval))
                > 0);
  }

  /** A list that takes longer than its interval is as old as that when nothing is wrong. */
  private Duration limit(Resource<?, ?, ?> resource, Duration interval) {
    Listed last = listed.get(resource);
    Duration effective =
        last == null ? shorter(interval, agentInterval) : longer(interval, last.took());
    return effective.multipliedBy(INTERVALS);
  }

  private Instant seen(Resource<?, ?, ?> resource) {
    Listed last = listed.get(resource);
    return last == null ? started : last.begun();
  }

  private static Reason reason(Failure failure) {
    return switch (failure) {
      case UNAUTHORIZED -> Reason.APIKeyRejected;
      case UNAVAILABLE -> Reason.PlatformUnavailable;
      default -> Reason.InventoryStale;
    };
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
