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
import java.util.function.Function;

/**
 * The age of an account's lists, and whether they still count. They do not when lists fail and the
 * last one is older than three intervals, or when the API key was refused twice in a row. They
 * count again when a list succeeds. Safe for threads.
 */
public final class Sight {
  /** The lists that show the agents. */
  static final List<Resource<?, ?, ?>> AGENTS =
      List.of(Resource.TUNNEL_SESSIONS, Resource.ENDPOINTS);

  private static final int INTERVALS = 3;

  /** A single refusal may be a fault of the platform. */
  private static final int REFUSALS = 2;

  private final Clock clock;
  private final Pace pace;
  private final Map<Resource<?, ?, ?>, Listed> listed = new LinkedHashMap<>();
  private final Map<Resource<?, ?, ?>, Failing> failing = new LinkedHashMap<>();
  private final boolean always;
  private Instant started;

  /**
   * The last successful list of a resource.
   *
   * @param took how long the whole sweep took
   */
  private record Listed(Instant begun, Duration took, int pages) {}

  /**
   * A resource whose list fails.
   *
   * @param failure the failure to report; it stays the same, so that the message does
   * @param last the time of the last failure
   * @param refusals how many times in a row the key was refused
   * @param refused whether the key counts as refused; only a successful list can end that
   */
  private record Failing(NgrokException failure, Instant last, int refusals, boolean refused) {
    Failing next(NgrokException next, Instant now) {
      int inARow = next.failure() == Failure.UNAUTHORIZED ? refusals + 1 : 0;
      boolean isRefused = refused || inARow >= REFUSALS;
      boolean keeps = refused || (!isRefused && failure.failure() != Failure.UNAUTHORIZED);
      return new Failing(keeps ? failure : next, now, inARow, isRefused);
    }
  }

  /** The state before the first list. */
  public Sight(Clock clock, Duration driftInterval, Duration agentInterval) {
    this(clock, new Pace(driftInterval, agentInterval), false);
  }

  private Sight(Clock clock, Pace pace, boolean always) {
    this.clock = clock;
    this.pace = pace;
    this.always = always;
  }

  /** The state for a caller who lists everything before every decision. */
  static Sight ofCaller(Clock clock, Duration never) {
    return new Sight(clock, new Pace(never, never), true);
  }

  /** How often the account is listed. */
  Pace pace() {
    return pace;
  }

  /** A sweep begins now. */
  synchronized Instant begin() {
    Instant now = clock.instant();
    if (started == null) {
      started = now;
    }
    return now;
  }

  /**
   * A sweep that began at this moment has listed these resources.
   *
   * @param pages the pages of each list
   */
  synchronized void listed(Map<Resource<?, ?, ?>, Integer> pages, Instant begun) {
    Duration took = Duration.between(begun, clock.instant());
    pages.forEach(
        (resource, many) -> {
          listed.put(resource, new Listed(begun, took, many));
          failing.remove(resource);
        });
  }

  /** The time from one list of everything to the next, at the account's present size. */
  synchronized Duration driftInterval() {
    return pace.everything(
        listed.values().stream().mapToInt(Listed::pages).sum(), pages(Resource.ENDPOINTS));
  }

  /** The time from one list of a resource to the next, at the account's present size. */
  public synchronized Duration interval(Resource<?, ?, ?> resource) {
    if (!AGENTS.contains(resource)) {
      return driftInterval();
    }
    return pace.agents(resource, pages(resource));
  }

  /** The pages of the last list of a resource; one before the first list. */
  private int pages(Resource<?, ?, ?> resource) {
    Listed last = listed.get(resource);
    return last == null ? 1 : last.pages();
  }

  /** A sweep could not list these resources. */
  synchronized void failed(Collection<Resource<?, ?, ?>> resources, NgrokException failure) {
    Instant now = clock.instant();
    for (Resource<?, ?, ?> resource : resources) {
      Failing before = failing.getOrDefault(resource, new Failing(failure, now, 0, false));
      failing.put(resource, before.next(failure, now));
    }
  }

  /** Why the lists of these resources do not count; empty when they count. */
  public synchronized Optional<Unseen> unseen(Collection<Resource<?, ?, ?>> resources) {
    return unseen(resources, resource -> driftInterval());
  }

  /** Why nothing is known about agents; empty when it is known. */
  public synchronized Optional<Unseen> unseenAgents() {
    return unseen(AGENTS, this::interval);
  }

  /**
   * Why lists of these resources fail, even if only for a moment, so that the objects that wait for
   * them can say it.
   */
  public synchronized Optional<Unseen> failure(Collection<Resource<?, ?, ?>> resources) {
    return why(resources.stream().filter(failing::containsKey).toList());
  }

  /** What is not known, and why. The result changes when objects have to report something else. */
  public synchronized Map<String, Reason> losses() {
    Map<String, Reason> losses = new LinkedHashMap<>();
    for (Resource<?, ?, ?> resource : failing.keySet()) {
      unseen(List.of(resource)).ifPresent(unseen -> losses.put(resource.path(), unseen.reason()));
    }
    unseenAgents().ifPresent(unseen -> losses.put("agents", unseen.reason()));
    return losses;
  }

  /**
   * The time since the last successful list of a resource began, or since the first attempt if no
   * list has succeeded. Empty when nothing is listed.
   */
  public synchronized Optional<Duration> age(Resource<?, ?, ?> resource) {
    return started == null
        ? Optional.empty()
        : Optional.of(Duration.between(seen(resource), clock.instant()));
  }

  /**
   * When the last successful list of a resource began: what happened before that is in it. Empty
   * before the first list.
   */
  public synchronized Optional<Instant> begunAt(Resource<?, ?, ?> resource) {
    return always
        ? Optional.of(Instant.MAX)
        : Optional.ofNullable(listed.get(resource)).map(Listed::begun);
  }

  /** When the last list of agent sessions ended, if it began after this time. */
  public synchronized Optional<Instant> agentsListedSince(Instant time) {
    return Optional.ofNullable(listed.get(Resource.TUNNEL_SESSIONS))
        .filter(last -> last.begun().isAfter(time))
        .map(last -> last.begun().plus(last.took()));
  }

  /** The age of the older one of the lists that show the agents; empty when nothing is listed. */
  public synchronized Optional<Duration> agentsAge() {
    return AGENTS.stream().flatMap(resource -> age(resource).stream()).max(Duration::compareTo);
  }

  /**
   * Whether the last attempt to list the account succeeded; empty before the first attempt has
   * ended.
   */
  public synchronized Optional<Boolean> isListed() {
    boolean fails = Account.NEEDED.stream().anyMatch(failing::containsKey);
    return fails || !listed.isEmpty() ? Optional.of(!fails) : Optional.empty();
  }

  private Optional<Unseen> unseen(
      Collection<Resource<?, ?, ?>> resources, Function<Resource<?, ?, ?>, Duration> interval) {
    return why(
        resources.stream().filter(resource -> isLost(resource, interval.apply(resource))).toList());
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

  /**
   * A list that takes longer than its interval is as old as it takes, although nothing is wrong.
   */
  private Duration limit(Resource<?, ?, ?> resource, Duration interval) {
    Listed last = listed.get(resource);
    Duration effective =
        last == null ? shorter(interval, pace.agentInterval()) : longer(interval, last.took());
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
