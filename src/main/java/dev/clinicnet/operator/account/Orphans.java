package dev.clinicnet.operator.account;

import dev.clinicnet.operator.config.Settings;
import dev.clinicnet.operator.inventory.Inventory;
import dev.clinicnet.operator.inventory.Keys;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.ngrok.Credential;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.ngrok.ServiceUser;
import dev.clinicnet.operator.plan.Journal;
import dev.clinicnet.operator.plan.PlanRunner;
import dev.clinicnet.operator.plan.Step;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Objects at ngrok that carry our mark although the manifest of their owner is gone, for example
 * because somebody removed the finalizers by hand. They are reported. They are removed at once if
 * the deletion of the owner was seen before it vanished. Otherwise they are removed after the undo
 * window, and only if the administrator wants that or the whole namespace is gone, because a
 * manifest may be missing by mistake.
 */
public final class Orphans {
  private static final Logger LOGGER = LoggerFactory.getLogger(Orphans.class);
  private static final String OUR_USERS = "clinicnet-";

  private final Settings settings;
  private final Set<String> namespaces;
  private final Predicate<String> deleted;
  private final Inventory inventory;
  private final PlanRunner runner;
  private final Clock clock;
  private final Map<Owner, Optional<String>> leaving = new ConcurrentHashMap<>();
  private final Set<String> told = new HashSet<>();
  private final Set<String> userIDs = new HashSet<>();
  private Set<String> before = Set.of();
  private volatile List<Orphan> found = List.of();

  /**
   * The orphans of one account. None is known yet.
   *
   * @param namespaces the watched namespaces; empty: all
   * @param deleted whether a namespace certainly does not exist, so that no manifest can come back
   */
  public Orphans(
      Settings settings,
      Set<String> namespaces,
      Predicate<String> deleted,
      Inventory inventory,
      PlanRunner runner,
      Clock clock) {
    this.settings = settings;
    this.namespaces = namespaces;
    this.deleted = deleted;
    this.inventory = inventory;
    this.runner = runner;
    this.clock = clock;
  }

  /**
   * Notes that an object is being deleted, and that its objects at ngrok must be deleted too.
   *
   * @param userID the id of its service user, which carries no mark; empty if it has none
   */
  public void leaves(Owner owner, Optional<String> userID) {
    leaving.put(owner, userID);
  }

  /** Notes that a deletion has ended, or that it leaves everything as it is. */
  public void left(Owner owner) {
    leaving.remove(owner);
  }

  /** The number of orphans of a kind. */
  public int count(Resource<?, ?, ?> resource) {
    return (int) found.stream().filter(orphan -> orphan.resource().equals(resource)).count();
  }

  /** The kinds that have a mark. */
  public static List<Resource<?, ?, ?>> resources() {
    return Resource.with(Resource.Trait.OWNED);
  }

  /**
   * Looks for orphans in a complete list of the account, and removes those that are due.
   *
   * @param absent whether an owner has no manifest in the watched namespaces
   * @return whether a name has become free
   */
  public boolean sweep(Predicate<Owner> absent) {
    // In other namespaces, an existing manifest would not be seen.
    Predicate<Owner> gone = absent.and(owner -> watches(owner.namespace()));
    List<Orphan> now = Orphan.in(inventory, settings, gone);
    Set<String> ids = now.stream().map(Orphan::id).collect(Collectors.toSet());
    // A deleted object may leave the cache a moment before the list shows the deletion.
    List<Orphan> lasting = now.stream().filter(orphan -> before.contains(orphan.id())).toList();
    before = ids;
    found = lasting;
    told.retainAll(ids);
    lasting.stream().filter(orphan -> told.add(orphan.id())).forEach(this::tell);
    leaving.forEach(
        (owner, userID) -> userID.filter(id -> gone.test(owner)).ifPresent(userIDs::add));
    List<Step> steps = steps(lasting);
    boolean freed = !steps.isEmpty() && runner.run("orphans", steps, Journal.NONE).progressed();
    leaving
        .keySet()
        .removeIf(
            owner -> gone.test(owner) && now.stream().noneMatch(o -> o.owner().equals(owner)));
    return freed;
  }

  private boolean watches(String namespace) {
    return namespaces.isEmpty() || namespaces.contains(namespace);
  }

  private void tell(Orphan orphan) {
    LOGGER.warn(
        "{} is gone, and {} {} ({}) of it is still at ngrok: {}",
        orphan.owner(),
        orphan.resource().path(),
        orphan.name(),
        orphan.id(),
        fate(orphan));
  }

  private String fate(Orphan orphan) {
    boolean leaves = leaving.containsKey(orphan.owner());
    if (!leaves && !isRemoved(orphan)) {
      return "apply the manifest again to take it up, delete it at ngrok by hand, or have all such"
          + " things removed with --remove-orphans (removeOrphans in the chart's values).";
    }
    if (orphan.stays()) {
      return "it was there before its owner, so that it stays, and is let go of.";
    }
    return leaves
        ? "it is removed, since the deletion of its owner had begun."
        : "it is removed after the undo window, unless the manifest comes back.";
  }

  /**
   * Objects of a deleted namespace have no owner, even if no replica saw the deletion. But in a new
   * cluster the namespace may not be there yet, so this needs a window in which it can come.
   */
  private boolean isRemoved(Orphan orphan) {
    return settings.removeOrphans()
        || (!settings.undoWindow().isZero() && deleted.test(orphan.owner().namespace()));
  }

  private List<Step> steps(List<Orphan> orphans) {
    Instant now = clock.instant();
    List<Step> steps = new ArrayList<>();
    List<Orphan> credentials = new ArrayList<>();
    for (Orphan orphan : orphans) {
      boolean leaves = leaving.containsKey(orphan.owner());
      if (!leaves && !isRemoved(orphan)) {
        continue;
      }
      if (orphan.stays()) {
        steps.add(orphan.letGo());
        continue;
      }
      boolean due =
          settings.undoWindow().isZero()
              || (leaves ? !orphan.isName() : isPast(orphan.mark(), now));
      if (due) {
        steps.add(orphan.delete());
        if (orphan.resource().equals(Resource.CREDENTIALS)) {
          credentials.add(orphan);
        }
      } else if (orphan.mark().retiredAt() == null) {
        steps.add(orphan.retire(now));
      }
    }
    steps.addAll(afterCredentials(credentials));
    return steps;
  }

  private boolean isPast(Mark mark, Instant now) {
    return mark.keptUntil(settings.undoWindow()).filter(end -> !now.isBefore(end)).isPresent();
  }

  /** The sessions of credentials that are deleted, and the users that have no other credential. */
  private List<Step> afterCredentials(List<Orphan> credentials) {
    Set<String> ids = credentials.stream().map(Orphan::id).collect(Collectors.toSet());
    List<Step> steps = new ArrayList<>();
    ids.forEach(
        id ->
            inventory
                .lookUp(Resource.TUNNEL_SESSIONS, Keys.credential(id))
                .forEach(session -> steps.add(new Step.StopSession(session.id()))));
    List<Credential> all = inventory.all(Resource.CREDENTIALS);
    all.stream()
        .filter(credential -> ids.contains(credential.id()))
        .map(Credential::ownerId)
        .filter(Objects::nonNull)
        .forEach(userIDs::add);
    // A user carries no mark, so its former owner is kept until the user is gone.
    userIDs.removeIf(id -> inventory.isGone(Resource.SERVICE_USERS, id));
    Set<String> users = new HashSet<>(userIDs);
    all.stream()
        .filter(credential -> !ids.contains(credential.id()))
        .forEach(credential -> users.remove(credential.ownerId()));
    for (ServiceUser user : inventory.all(Resource.SERVICE_USERS)) {
      if (users.contains(user.id()) && user.name().startsWith(OUR_USERS)) {
        steps.add(new Step.Delete(Resource.SERVICE_USERS, user.id(), user.name()));
      }
    }
    return steps;
  }
}
