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
 * What carries our mark at ngrok though the manifest of its owner is gone, as when somebody took
 * the finalizers away by hand. It is told. It is removed at once where the owner was seen to be
 * deleted before it vanished; else after the undo window, and only where that is wished, or where
 * the whole namespace is gone: a manifest may be missing by mistake.
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
   * The orphans of one account, none of which is known yet.
   *
   * @param namespaces those that are watched; empty: all
   * @param deleted whether a namespace is known not to be there: then no manifest can come back
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
   * An object was seen to be deleted, and what it has at ngrok is to go with it.
   *
   * @param userID its service user, which carries no mark; empty where it has none
   */
  public void leaves(Owner owner, Optional<String> userID) {
    leaving.put(owner, userID);
  }

  /** A deletion has ended, or is to leave everything as it is. */
  public void left(Owner owner) {
    leaving.remove(owner);
  }

  /** How many there are of a kind. */
  public int count(Resource<?, ?, ?> resource) {
    return (int) found.stream().filter(orphan -> orphan.resource().equals(resource)).count();
  }

  /** The kinds that have a mark. */
  public static List<Resource<?, ?, ?>> resources() {
    return Resource.with(Resource.Trait.OWNED);
  }

  /**
   * Looks for them in a complete list of the account, and removes what is due.
   *
   * @param absent whether an owner has no manifest in the namespaces that are watched
   * @return whether a name has become free
   */
  public boolean sweep(Predicate<Owner> absent) {
    // Elsewhere nobody would see a manifest that is there.
    Predicate<Owner> gone = absent.and(owner -> watches(owner.namespace()));
    List<Orphan> now = Orphan.in(inventory, settings, gone);
    Set<String> ids = now.stream().map(Orphan::id).collect(Collectors.toSet());
    // An object that goes may leave the cache a moment before the last list knows of it.
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

  /** What a deleted namespace has left has no owner, even if no replica saw the deletion. */
  private boolean isRemoved(Orphan orphan) {
    return settings.removeOrphans() || deleted.test(orphan.owner().namespace());
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
    // A user carries no mark: whose it was is known until it is gone.
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
