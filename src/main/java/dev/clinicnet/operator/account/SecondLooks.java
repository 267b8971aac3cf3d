package dev.clinicnet.operator.account;

import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.ngrok.AccountTime;
import dev.clinicnet.operator.ngrok.Resource;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The known resources that objects ask to be listed once more, such as the agent sessions after an
 * authtoken was revoked. One list answers everybody who asked before it began. So a list waits for
 * a moment, and longer while more objects will ask for it. Not safe for threads. All times are
 * nanoseconds of the account's time.
 */
final class SecondLooks {
  /** How long a list waits for others in any case. Kubernetes and its caches need some of it. */
  static final Duration MOMENT = Duration.ofMillis(300);

  /** How long it waits for the next object while more will ask. The budget spreads them. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  private final long moment;
  private final long patience;
  private final long longest;
  private final Map<Resource<?, ?, ?>, Asked> asked = new LinkedHashMap<>();

  private static final class Asked {
    private final long first;
    private final Set<Owner> owners = new HashSet<>();
    private long last;

    Asked(long now) {
      first = now;
      last = now;
    }
  }

  /**
   * Nobody has asked yet.
   *
   * @param time the account's time; those who ask come from Kubernetes, which is in real time
   * @param longest nobody waits longer, in the account's time
   */
  SecondLooks(AccountTime time, Duration longest) {
    this.moment = time.passing(MOMENT).toNanos();
    this.patience = time.passing(PATIENCE).toNanos();
    this.longest = longest.toNanos();
  }

  /** An object asks. If it asks again before the list, nothing changes. */
  void ask(Resource<?, ?, ?> resource, Owner owner, long now) {
    Asked before = asked.computeIfAbsent(resource, key -> new Asked(now));
    if (before.owners.add(owner)) {
      before.last = now;
    }
  }

  /** What somebody has asked for. */
  List<Resource<?, ?, ?>> resources() {
    return List.copyOf(asked.keySet());
  }

  /**
   * The time at which a resource may be listed that somebody has asked for.
   *
   * @param more whether more objects will ask
   */
  long due(Resource<?, ?, ?> resource, boolean more) {
    Asked by = asked.get(resource);
    long quiet = by.last + (more ? patience : moment);
    return Math.min(quiet, by.first + longest);
  }

  /**
   * A list of a resource has ended.
   *
   * @param all whether it answers all who asked; the others wait as if they asked now
   */
  void listed(Resource<?, ?, ?> resource, boolean all, long now) {
    if (asked.remove(resource) != null && !all) {
      asked.put(resource, new Asked(now));
    }
  }
}
