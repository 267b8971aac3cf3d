package dev.clinicnet.operator.account;

import dev.clinicnet.operator.claim.KnownID;
import dev.clinicnet.operator.inventory.Inventory;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.ngrok.AccountTime;
import dev.clinicnet.operator.ngrok.Failure;
import dev.clinicnet.operator.ngrok.Lane;
import dev.clinicnet.operator.ngrok.NgrokApi;
import dev.clinicnet.operator.ngrok.NgrokException;
import dev.clinicnet.operator.ngrok.RemoteObject;
import dev.clinicnet.operator.ngrok.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the inventory current. It lists everything and the agents as often as {@link Pace} says,
 * and at once what an object needs to know. It has its own thread, which starts when this process
 * leads.
 */
public final class Sweeper implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(Sweeper.class);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);

  /** For each of its pages, a list that objects ask for again waits so long after the last one. */
  private static final Duration PAGE_GAP = Duration.ofSeconds(2);

  /**
   * The last list of a resource.
   *
   * @param begun when its sweep began, on the account's time
   */
  private record Last(long begun, int pages) {}

  /**
   * A list of a resource.
   *
   * @param begun when it began, on the inventory's clock
   */
  private record Listing<T extends RemoteObject>(
      Resource<T, ?, ?> resource, long begun, List<T> rows, Set<String> ids) {
    int pages() {
      return Pace.pages(rows.size());
    }

    List<T> takeIn(Inventory inventory) {
      return inventory.completeSweep(resource, begun, rows);
    }
  }

  private final NgrokApi api;
  private final Inventory inventory;
  private final Sight sight;
  private final SweepListener listener;
  private final Thread thread = new Thread(this::run, "sweeper");

  private final Set<Resource<?, ?, ?>> requested = new LinkedHashSet<>();
  private final SecondLooks looks;
  private final Map<Resource<?, ?, ?>, Last> last = new HashMap<>();
  private final Set<Owner> waiters = new LinkedHashSet<>();
  private final Set<Resource<?, ?, ?>> added = new LinkedHashSet<>();
  private final Refusals refusals;
  private final Set<Resource<?, ?, ?>> wanted = new LinkedHashSet<>();
  private final Map<Resource<?, ?, ?>, Set<Owner>> wanting = new HashMap<>();
  private final AccountTime time;
  private long nextDrift;
  private long pausedUntil;
  private boolean closed;
  private Optional<NgrokException> trouble = Optional.empty();

  /** A sweeper that has not started. */
  public Sweeper(NgrokApi api, Inventory inventory, Sight sight, SweepListener listener) {
    this(api, inventory, sight, listener, AccountTime.REAL);
  }

  /** A sweeper on the time of an account. */
  public Sweeper(
      NgrokApi api, Inventory inventory, Sight sight, SweepListener listener, AccountTime time) {
    this.api = api;
    this.inventory = inventory;
    this.sight = sight;
    this.listener = listener;
    this.time = time;
    this.refusals = new Refusals(time::nanos);
    this.looks = new SecondLooks(time, sight.pace().agentInterval());
    this.nextDrift = time.nanos();
    this.pausedUntil = nextDrift;
    thread.setDaemon(true);
  }

  /** Starts with a complete sweep. */
  public void start() {
    thread.start();
  }

  /**
   * Asks for unknown resources to be listed as soon as the budget allows. A resource that not every
   * decision depends on is from now on listed with all the others. If it cannot be listed, only the
   * objects that asked for it wait.
   *
   * @param waiting the object to requeue then
   */
  public synchronized void request(Collection<Resource<?, ?, ?>> unknown, Owner waiting) {
    waiters.add(waiting);
    unknown.stream().filter(resource -> !Account.NEEDED.contains(resource)).forEach(added::add);
    if (requested.addAll(unknown)) {
      notifyAll();
    }
  }

  /**
   * Asks for known resources to be listed once more, because they may hold more objects of this
   * owner than are listed. Others who ask for the same get the same list.
   *
   * @param waiting the object to requeue then
   */
  public synchronized void lookAgain(Collection<Resource<?, ?, ?>> known, Owner waiting) {
    waiters.add(waiting);
    known.forEach(resource -> looks.ask(resource, waiting, time.nanos()));
    notifyAll();
  }

  /**
   * Asks once for a resource that is not needed. From now on it is listed with all the others. If
   * the platform refuses it, nothing else waits.
   *
   * @param waiting the object to requeue when it is known
   */
  public synchronized void want(Resource<?, ?, ?> optional, Owner waiting) {
    wanting.computeIfAbsent(optional, resource -> new LinkedHashSet<>()).add(waiting);
    if (wanted.add(optional)) {
      requested.add(optional);
      notifyAll();
    }
  }

  /** Asks for everything to be listed once more, as soon as the budget allows. */
  public synchronized void requestAll() {
    nextDrift = time.nanos();
    notifyAll();
  }

  /** Why a requested resource could not be listed; empty when it could. */
  public Optional<NgrokException> refusal(Resource<?, ?, ?> resource) {
    return refusals.trouble(resource);
  }

  /** The age of the lists, and what is known. */
  public Sight sight() {
    return sight;
  }

  @Override
  public synchronized void close() {
    closed = true;
    thread.interrupt();
    notifyAll();
  }

  private void run() {
    try {
      while (awaitDue()) {
        turn();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits until a sweep is due; false when closed. */
  private synchronized boolean awaitDue() throws InterruptedException {
    while (!closed) {
      Duration left = untilDue();
      if (left.isZero()) {
        return true;
      }
      wait(Math.max(1, time.real(left).toMillis()));
    }
    return false;
  }

  /** How long until a sweep is due if nobody asks for one before; zero when one is due now. */
  public synchronized Duration untilDue() {
    long now = time.nanos();
    long at = nextDrift;
    for (Resource<?, ?, ?> resource : Sight.AGENTS) {
      at = Math.min(at, agentsDue(resource));
    }
    for (Resource<?, ?, ?> resource : requested) {
      at = Math.min(at, now + refusals.wait(resource, now));
    }
    for (Map.Entry<Resource<?, ?, ?>, Long> look : looksDue().entrySet()) {
      at = Math.min(at, look.getValue());
    }
    return Duration.ofNanos(Math.max(0, Math.max(at, pausedUntil) - now));
  }

  /**
   * Makes the sweep that is due; nothing if none is. Its own thread calls this, or a test without
   * threads.
   *
   * @throws InterruptedException when the thread was interrupted
   */
  public void turn() throws InterruptedException {
    Set<Resource<?, ?, ?>> due = takeDue();
    if (due.isEmpty()) {
      return;
    }
    try {
      sweep(due);
    } catch (RuntimeException e) {
      // An error in the effects of one sweep must not end all sweeps.
      LOGGER.error("A sweep was not completed; it is tried again", e);
      again(due, AFTER_FAILURE);
    }
  }

  private synchronized Set<Resource<?, ?, ?>> takeDue() {
    long now = time.nanos();
    Set<Resource<?, ?, ?>> due = new LinkedHashSet<>();
    if (now - pausedUntil < 0) {
      return due;
    }
    due.addAll(requested);
    due.removeIf(resource -> refusals.wait(resource, now) > 0);
    looksDue().entrySet().stream()
        .filter(look -> now - look.getValue() >= 0)
        .map(Map.Entry::getKey)
        .forEach(due::add);
    if (now - nextDrift >= 0) {
      due.addAll(Account.NEEDED);
      due.addAll(added);
      due.addAll(wanted);
      nextDrift = now + sight.driftInterval().toNanos();
    } else if (now - agentsDue(Resource.ENDPOINTS) >= 0) {
      due.addAll(Sight.AGENTS);
      due.addAll(pendingCertificates());
    } else if (now - agentsDue(Resource.TUNNEL_SESSIONS) >= 0) {
      due.add(Resource.TUNNEL_SESSIONS);
      due.addAll(pendingCertificates());
    }
    requested.removeAll(due);
    return due;
  }

  /** When a list that shows agents is due. The first list of everything comes before it. */
  private long agentsDue(Resource<?, ?, ?> resource) {
    Last before = last.get(resource);
    return before == null ? nextDrift : before.begun() + sight.interval(resource).toNanos();
  }

  /** The times at which the resources may be listed that somebody asks to see once more. */
  private Map<Resource<?, ?, ?>, Long> looksDue() {
    Map<Resource<?, ?, ?>, Long> times = new LinkedHashMap<>();
    if (!looks.resources().isEmpty()) {
      boolean more = listener.expectsRevocations();
      for (Resource<?, ?, ?> resource : looks.resources()) {
        Last before = last.get(resource);
        long earliest =
            before == null
                ? time.nanos()
                : before.begun() + PAGE_GAP.multipliedBy(before.pages()).toNanos();
        times.put(resource, Math.max(earliest, looks.due(resource, more)));
      }
    }
    return times;
  }

  /** Asks for these resources again, after a pause of all sweeps. */
  private synchronized void again(Collection<Resource<?, ?, ?>> resources, Duration pause) {
    requested.addAll(resources);
    pausedUntil = time.nanos() + pause.toNanos();
  }

  private Set<Resource<?, ?, ?>> pendingCertificates() {
    boolean pending =
        inventory.all(Resource.RESERVED_DOMAINS).stream()
            .anyMatch(
                domain ->
                    domain.certificate() == null && domain.certificateManagementPolicy() != null);
    return pending ? Set.of(Resource.RESERVED_DOMAINS) : Set.of();
  }

  private void sweep(Set<Resource<?, ?, ?>> due) throws InterruptedException {
    listener.begins();
    Instant begun = sight.begin();
    long at = time.nanos();
    Map<Resource<?, ?, ?>, Listing<?>> listings = new LinkedHashMap<>();
    try {
      for (Resource<?, ?, ?> resource : neededFirst(due)) {
        take(resource).ifPresent(listing -> listings.put(resource, listing));
      }
      if (!due.contains(Resource.ENDPOINTS) && showsOtherSessions(listings)) {
        due.add(Resource.ENDPOINTS);
        take(Resource.ENDPOINTS).ifPresent(listing -> listings.put(Resource.ENDPOINTS, listing));
      }
    } catch (NgrokException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedException();
      }
      sayOnce(e);
      sight.failed(neededOf(due), e);
      listener.failed(e);
      if (e.failure() == Failure.UNAUTHORIZED) {
        // A failure of the next list that is about the key concerns everything.
        due.addAll(Account.NEEDED);
      }
      again(due, e.retryAfter() == null ? AFTER_FAILURE : e.retryAfter());
      return;
    }
    boolean complete = due.containsAll(Account.NEEDED);
    listener.listed(listings.keySet(), id -> isMissing(listings, id), complete);
    List<RemoteObject> changed = new ArrayList<>();
    listings.values().forEach(listing -> changed.addAll(listing.takeIn(inventory)));
    sight.listed(pages(listings.values()), begun);
    if (trouble.isPresent()) {
      LOGGER.info("The account can be listed again");
      trouble = Optional.empty();
      refusals.tryAgain();
    }
    Set<Owner> answered;
    synchronized (this) {
      // This sweep also answers the requests that came while it ran.
      requested.removeIf(inventory::isKnown);
      for (Listing<?> listing : listings.values()) {
        Resource<?, ?, ?> resource = listing.resource();
        last.put(resource, new Last(at, listing.pages()));
        looks.listed(resource, inventory.isKnownToAll(resource), time.nanos());
      }
      requested.removeAll(wanted);
      wanted.stream()
          .filter(inventory::isKnown)
          .map(wanting::remove)
          .filter(Objects::nonNull)
          .forEach(waiters::addAll);
      answered = Set.copyOf(waiters);
      waiters.clear();
    }
    listener.swept(List.copyOf(changed), answered, complete);
  }

  /**
   * Whether an agent has come, gone or come back. Its endpoints are listed with it, because those
   * that are known belong to another session.
   */
  private boolean showsOtherSessions(Map<Resource<?, ?, ?>, Listing<?>> listings) {
    Listing<?> sessions = listings.get(Resource.TUNNEL_SESSIONS);
    return sessions != null
        && !sessions
            .ids()
            .equals(
                inventory.all(Resource.TUNNEL_SESSIONS).stream()
                    .map(RemoteObject::id)
                    .collect(Collectors.toSet()));
  }

  private static Map<Resource<?, ?, ?>, Integer> pages(Collection<Listing<?>> listings) {
    Map<Resource<?, ?, ?>, Integer> pages = new LinkedHashMap<>();
    listings.forEach(listing -> pages.put(listing.resource(), listing.pages()));
    return pages;
  }

  /**
   * The needed resources come first. So a failure that concerns everything is not taken for the
   * failure of a list that few objects need.
   */
  private static List<Resource<?, ?, ?>> neededFirst(Set<Resource<?, ?, ?>> due) {
    return due.stream()
        .sorted(Comparator.comparing(resource -> Account.NEEDED.contains(resource) ? 0 : 1))
        .toList();
  }

  /** The resources without those that no object waits for. */
  private synchronized List<Resource<?, ?, ?>> neededOf(Set<Resource<?, ?, ?>> due) {
    return due.stream().filter(resource -> !wanted.contains(resource)).toList();
  }

  /**
   * A lasting failure repeats every few seconds, and would fill the log. It is no warning until the
   * lists do not count any more: {@link SweepEffects} says that.
   */
  private void sayOnce(NgrokException e) {
    if (trouble.filter(e::isAgain).isEmpty()) {
      LOGGER.info("The account could not be listed, which is tried again: {}", e.logText());
    }
    trouble = Optional.of(e);
  }

  /** The list of a resource; empty when the platform refuses one that is not needed. */
  private Optional<Listing<?>> take(Resource<?, ?, ?> resource) {
    try {
      Listing<?> listing = list(resource);
      refusals.listed(resource);
      return Optional.of(listing);
    } catch (NgrokException e) {
      if (Account.NEEDED.contains(resource) || Thread.currentThread().isInterrupted()) {
        throw e;
      }
      if (refusals.trouble(resource).filter(e::isAgain).isEmpty()) {
        LOGGER.info(
            "{} could not be listed, which is tried again: {}", resource.path(), e.logText());
      }
      tryAgain(resource, e);
      return Optional.empty();
    }
  }

  private <T extends RemoteObject> Listing<T> list(Resource<T, ?, ?> resource) {
    long begun = inventory.beginSweep(resource);
    List<T> rows = api.list(resource, Lane.SWEEP);
    Set<String> ids = rows.stream().map(RemoteObject::id).collect(Collectors.toSet());
    return new Listing<>(resource, begun, rows, ids);
  }

  /** Objects wait for a requested resource, but not for one that is only wanted. */
  private synchronized void tryAgain(Resource<?, ?, ?> resource, NgrokException failure) {
    if (added.contains(resource)) {
      refusals.refused(resource, failure);
      sight.failed(List.of(resource), failure);
      requested.add(resource);
    }
  }

  private boolean isMissing(Map<Resource<?, ?, ?>, Listing<?>> listings, KnownID id) {
    Listing<?> listing = listings.get(id.resource());
    return !inventory.wouldHold(id.resource(), listing.begun(), listing.ids(), id.id());
  }
}
