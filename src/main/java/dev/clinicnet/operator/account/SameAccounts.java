package dev.clinicnet.operator.account;

import dev.clinicnet.operator.claim.KnownID;
import dev.clinicnet.operator.inventory.Inventory;
import dev.clinicnet.operator.ngrok.RemoteObject;
import dev.clinicnet.operator.ngrok.Resource;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that two accounts of the configuration are one account at ngrok, because each has a key
 * of it. ngrok says whose account it is. Where it does not, the same object in the lists of both
 * shows it, since ngrok gives no id twice. Safe for threads.
 */
public final class SameAccounts {
  private static final Logger LOGGER = LoggerFactory.getLogger(SameAccounts.class);

  private final BiPredicate<String, String> isOlder;
  private final Map<String, Member> members = new ConcurrentHashMap<>();
  private final Set<Pair> pairs = ConcurrentHashMap.newKeySet();

  /**
   * What is known about an account.
   *
   * @param id its id, if ngrok says it
   * @param sight whether it was listed
   */
  private record Member(Supplier<Optional<String>> id, Inventory inventory, Sight sight) {}

  /** Two accounts that are the same one; the older one is the one that is used. */
  private record Pair(String older, String younger) {
    boolean has(String name) {
      return older.equals(name) || younger.equals(name);
    }
  }

  /**
   * No accounts yet.
   *
   * @param isOlder whether the account of the first name is older than that of the second one
   */
  public SameAccounts(BiPredicate<String, String> isOlder) {
    this.isOlder = isOlder;
  }

  /**
   * Adds an account.
   *
   * @param id its id, if ngrok says it
   */
  public void join(String name, Supplier<Optional<String>> id, Inventory inventory, Sight sight) {
    members.put(name, new Member(id, inventory, sight));
  }

  /** Forgets an account that is gone. */
  public void leave(String name) {
    members.remove(name);
    pairs.removeIf(pair -> pair.has(name));
  }

  /** An older account that is the same one; empty if there is none. */
  public Optional<String> older(String name) {
    return pairs.stream()
        .filter(pair -> pair.younger().equals(name))
        .map(Pair::older)
        .sorted()
        .findFirst();
  }

  /** Whether two accounts are the same one. */
  public boolean areSame(String one, String other) {
    return pairs.contains(new Pair(one, other)) || pairs.contains(new Pair(other, one));
  }

  /** An older account that was never listed, not even in vain; empty if there is none. */
  public Optional<String> unseenOlder(String name) {
    return members.entrySet().stream()
        .filter(other -> isOlder.test(other.getKey(), name))
        .filter(other -> other.getValue().sight().isListed().isEmpty())
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /**
   * Compares an account that was listed with all the others.
   *
   * @param resources what was listed
   * @param missing whether an object of these is not there
   */
  public void listed(
      String name, Collection<Resource<?, ?, ?>> resources, Predicate<KnownID> missing) {
    Member listed = members.get(name);
    if (listed == null) {
      return;
    }
    members.forEach(
        (other, member) -> {
          if (!other.equals(name)) {
            Pair pair = isOlder.test(name, other) ? new Pair(name, other) : new Pair(other, name);
            if (!isSame(listed, member, resources, missing)) {
              pairs.remove(pair);
            } else if (pairs.add(pair)) {
              LOGGER.warn(
                  "The accounts {} and {} have keys of the same ngrok account: nothing is written"
                      + " for {}",
                  pair.older(),
                  pair.younger(),
                  pair.younger());
            }
          }
        });
  }

  private static boolean isSame(
      Member listed,
      Member other,
      Collection<Resource<?, ?, ?>> resources,
      Predicate<KnownID> missing) {
    Optional<String> id = listed.id().get();
    Optional<String> otherID = other.id().get();
    if (id.isPresent() && otherID.isPresent()) {
      return id.equals(otherID);
    }
    return resources.stream()
        .anyMatch(
            resource ->
                other.inventory().all(resource).stream()
                    .map(RemoteObject::id)
                    .anyMatch(known -> !missing.test(new KnownID(resource, known))));
  }
}
