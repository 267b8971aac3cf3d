package dev.clinicnet.operator.account;

import dev.clinicnet.operator.inventory.Owner;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a change of policies that reaches many Clinics go out by waves: first the canaries, then the
 * others in portions. It stops while a Clinic that has the change is worse than before. Every
 * service that wants such a change asks here in each of its passes, so nothing of this needs to be
 * stored: after a restart, those who still have the old policy ask again. Safe for threads.
 */
public final class Waves {
  /** The label of a Clinic that gets such a change before the others. */
  public static final String LABEL = "clinicnet.dev/wave";

  /** The value of {@link #LABEL} of a canary. */
  public static final String CANARY = "canary";

  /** How long after the last Clinic has asked it is clear how many ask. */
  static final Duration COLLECT = Duration.ofSeconds(3);

  /** How long after a list of agents their Clinics say what it shows. */
  static final Duration NOTICE = Duration.ofSeconds(5);

  /** A Clinic is woken when it may go. This is only in case that it was missed. */
  private static final Duration LOOK_AGAIN = Duration.ofMinutes(5);

  private static final Logger LOGGER = LoggerFactory.getLogger(Waves.class);

  /**
   * The answer to a service that wants another policy.
   *
   * @param mayGo whether it gets the policy now
   * @param stopped why the change goes no further; empty while it goes on
   * @param lookAgain when it asks again if nothing wakes it; empty if it may go
   */
  public record Answer(boolean mayGo, Optional<String> stopped, Optional<Instant> lookAgain) {}

  /** A Clinic whose services want the change. */
  private static final class Site {
    private final Set<Owner> services = new LinkedHashSet<>();
    private final Map<Owner, String> failures = new LinkedHashMap<>();
    private boolean canary;
    private boolean sent;
  }

  private final WaveOptions options;
  private final SeenAgents agents;
  private final Consumer<Owner> requeue;
  private final Map<Owner, Site> sites = new TreeMap<>(Comparator.comparing(Owner::toString));
  private final Set<Owner> portion = new HashSet<>();
  private final Set<Owner> watched = new HashSet<>();

  /** The Clinics that had their turn since the present change began. */
  private final Set<Owner> served = new HashSet<>();

  private boolean begun;
  private boolean resumed;
  private int total;
  private int portions;
  private Instant lastNew = Instant.EPOCH;
  private Instant settledAt = Instant.EPOCH;
  private Optional<Instant> listedAt = Optional.empty();
  private Optional<String> trouble = Optional.empty();

  /**
   * No change is under way.
   *
   * @param agents shows the agents of the Clinics that have the change
   * @param requeue wakes a service
   */
  public Waves(WaveOptions options, SeenAgents agents, Consumer<Owner> requeue) {
    this.options = options;
    this.agents = agents;
    this.requeue = requeue;
  }

  /** Waves in which everybody may go at once. */
  public static Waves off() {
    return new Waves(WaveOptions.OFF, SeenAgents.NONE, service -> {});
  }

  /**
   * A service asks whether it may have another policy although nobody has changed its manifest.
   *
   * @param canary whether its Clinic is labelled as a canary
   * @param waited whether its status says that it waits, perhaps since another process
   */
  public synchronized Answer ask(
      Owner service, Owner clinic, boolean canary, boolean waited, Instant now) {
    if (options.threshold() == 0) {
      return new Answer(true, Optional.empty(), Optional.empty());
    }
    Site site = sites.computeIfAbsent(clinic, key -> new Site());
    site.canary = canary;
    // Who waits already was told so here, and not by another process.
    boolean added = site.services.add(service);
    if (added && !site.sent) {
      lastNew = now;
    }
    resumed |= added && waited;
    advance(now);
    if (site.sent) {
      return new Answer(true, Optional.empty(), Optional.empty());
    }
    Instant again =
        !begun ? lastNew.plus(COLLECT) : now.plus(isScout(service) ? options.look() : LOOK_AGAIN);
    return new Answer(false, trouble, Optional.of(again));
  }

  /**
   * A service has the policy that it wants, or wants none.
   *
   * @return when it must be looked at again, so that the next portion goes; empty for never
   */
  public synchronized Optional<Instant> settled(Owner service, Owner clinic, Instant now) {
    Site site = sites.get(clinic);
    boolean was = site != null && site.services.remove(service);
    if (was) {
      site.failures.remove(service);
      if (site.services.isEmpty()) {
        sites.remove(clinic);
        if (site.sent) {
          settledAt = now;
          listedAt = Optional.empty();
        }
      }
    }
    if (begun) {
      advance(now);
    } else if (sites.isEmpty()) {
      resumed = false;
    }
    return begun && portion.contains(clinic)
        ? Optional.of(settledAt.plus(options.pause())).filter(next -> next.isAfter(now))
        : Optional.empty();
  }

  /**
   * Whether a service is the first that waits. It comes back often, and finds out whether the next
   * portion may go: what that waits for wakes no service.
   */
  private boolean isScout(Owner service) {
    return scout().filter(first -> first.equals(service)).isPresent();
  }

  private Optional<Owner> scout() {
    return sites.values().stream()
        .filter(site -> !site.sent)
        .flatMap(site -> site.services.stream())
        .findFirst();
  }

  /**
   * A service that may go did not get its policy, and somebody must act.
   *
   * @param why the reason and the message of its condition
   */
  public synchronized void failed(Owner service, Owner clinic, String why, Instant now) {
    Site site = sites.get(clinic);
    if (site != null && site.sent && site.services.contains(service)) {
      site.failures.put(service, why);
      advance(now);
    }
  }

  /** How many Clinics wait for their wave. */
  public synchronized int waiting() {
    return begun ? waitingSites().size() : 0;
  }

  /** How many portions of the present change have gone out; 0 if no change is under way. */
  public synchronized int portions() {
    return begun ? portions : 0;
  }

  /** Why the present change goes no further; empty while it goes on, or if there is none. */
  public synchronized Optional<String> stopped() {
    return trouble;
  }

  private List<Map.Entry<Owner, Site>> waitingSites() {
    return sites.entrySet().stream().filter(entry -> !entry.getValue().sent).toList();
  }

  private void advance(Instant now) {
    List<Map.Entry<Owner, Site>> waiting = waitingSites();
    if (!begun) {
      if (waiting.isEmpty() || now.isBefore(lastNew.plus(COLLECT))) {
        return;
      }
      if (waiting.size() < options.threshold() && !resumed) {
        waiting.forEach(this::send);
        return;
      }
      begin(waiting.size());
    }
    watch(waiting);
    boolean underWay = sites.values().stream().anyMatch(site -> site.sent);
    boolean early = portions > 0 && now.isBefore(settledAt.plus(options.pause()));
    boolean listed = portions == 0 || areListed(now);
    if (underWay || early) {
      return;
    }
    if (waiting.isEmpty()) {
      end();
    } else if (trouble.isEmpty() && listed) {
      sendPortion(waiting);
    }
  }

  /**
   * Whether the agents were listed after the last portion had its policies, and their Clinics have
   * said what this shows. In a large fleet this takes longer than the pause.
   */
  private boolean areListed(Instant now) {
    if (listedAt.isEmpty()) {
      listedAt = agents.listedSince(settledAt);
    }
    Duration notice = NOTICE.compareTo(options.look()) < 0 ? NOTICE : options.look();
    return listedAt.filter(ended -> !now.isBefore(ended.plus(notice))).isPresent();
  }

  private void begin(int clinics) {
    begun = true;
    total = clinics;
    portions = 0;
    LOGGER.info("The policies of {} Clinics change, so they go out by waves", clinics);
  }

  private void end() {
    LOGGER.info("All waves have gone out");
    begun = false;
    resumed = false;
    trouble = Optional.empty();
    portions = 0;
    portion.clear();
    watched.clear();
    served.clear();
  }

  /** Stops, or goes on. Those who wait report it. */
  private void watch(List<Map.Entry<Owner, Site>> waiting) {
    Optional<String> now = findTrouble(waiting.isEmpty());
    if (now.equals(trouble)) {
      return;
    }
    trouble = now;
    now.ifPresentOrElse(
        why -> LOGGER.warn("The wave has stopped; {} Clinics wait: {}", waiting.size(), why),
        () -> LOGGER.info("The wave goes on; {} Clinics wait", waiting.size()));
    waiting.forEach(entry -> entry.getValue().services.forEach(requeue));
  }

  /** When nobody waits, a lost agent holds nothing up. */
  private Optional<String> findTrouble(boolean last) {
    Stream<String> refused =
        sites.values().stream()
            .filter(site -> site.sent)
            .flatMap(site -> site.failures.entrySet().stream())
            .map(failure -> failure.getKey() + " says " + failure.getValue());
    Stream<String> lost =
        watched.stream()
            .filter(clinic -> !last && agents.isLost(clinic))
            .map(clinic -> clinic + " has lost its agent.");
    return Stream.concat(refused, lost).min(Comparator.naturalOrder());
  }

  private void sendPortion(List<Map.Entry<Owner, Site>> waiting) {
    List<Map.Entry<Owner, Site>> canaries =
        waiting.stream().filter(entry -> entry.getValue().canary).toList();
    List<Map.Entry<Owner, Site>> next =
        canaries.isEmpty()
            ? waiting.stream().limit(options.portion(reached(waiting))).toList()
            : canaries;
    portions++;
    watched.clear();
    portion.clear();
    next.forEach(entry -> portion.add(entry.getKey()));
    served.addAll(portion);
    portion.stream().filter(agents::isOnline).forEach(watched::add);
    LOGGER.info("Wave {} goes to {} of {} Clinics", portions, next.size(), waiting.size());
    next.forEach(this::send);
    scout().ifPresent(requeue);
  }

  /**
   * How many Clinics the change reaches. Others may join after it began, for example while somebody
   * writes one namespace after the other.
   */
  private int reached(List<Map.Entry<Owner, Site>> waiting) {
    Set<Owner> known = new HashSet<>(served);
    waiting.forEach(entry -> known.add(entry.getKey()));
    return Math.max(total, known.size());
  }

  private void send(Map.Entry<Owner, Site> entry) {
    entry.getValue().sent = true;
    entry.getValue().services.forEach(requeue);
  }
}
