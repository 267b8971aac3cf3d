package dev.clinicnet.operator.inventory;

import dev.clinicnet.operator.ngrok.RemoteObject;
import dev.clinicnet.operator.ngrok.Resource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What one account holds, as listed and as this process has changed it since. Safe for threads. A
 * sweep never overrides what was written or deleted after the sweep began.
 */
public final class Inventory {
  private final Map<Resource<?, ?, ?>, ResourceIndex<?>> indexes = new HashMap<>();
  private volatile String accountID;

  /** An empty inventory, which knows nothing. */
  public Inventory() {
    Resource.ALL.forEach(resource -> indexes.put(resource, new ResourceIndex<>()));
  }

  /** Notes whose lists it has; null if ngrok does not say it. */
  public void isOf(String account) {
    accountID = account;
  }

  /** ngrok's id of the account that was listed; empty if it is not known. */
  public Optional<String> accountID() {
    return Optional.ofNullable(accountID);
  }

  /**
   * Notes that a list call begins. Its answer and the returned value go to {@link #completeSweep}.
   */
  public synchronized long beginSweep(Resource<?, ?, ?> resource) {
    return index(resource).begin();
  }

  /**
   * Takes a complete list, and returns the rows that are new, gone or different: both their old and
   * their new versions.
   */
  public synchronized <T extends RemoteObject> List<T> completeSweep(
      Resource<T, ?, ?> resource, long begun, List<T> rows) {
    return index(resource).complete(begun, rows);
  }

  /** Whether an object would be there after a list of these ids that began at this moment. */
  public synchronized boolean wouldHold(
      Resource<?, ?, ?> resource, long begun, Set<String> listed, String id) {
    return index(resource).wouldHold(begun, listed, id);
  }

  /** Notes an object as the platform answered a write. */
  public synchronized <T extends RemoteObject> void wrote(Resource<T, ?, ?> resource, T object) {
    index(resource).wrote(object);
  }

  /** Notes that this process has deleted an object. */
  public synchronized void deleted(Resource<?, ?, ?> resource, String id) {
    index(resource).deleted(id);
  }

  /**
   * Whether an object is certainly not there: this process deleted it, or a reliable list does not
   * have it.
   */
  public synchronized boolean isGone(Resource<?, ?, ?> resource, String id) {
    return index(resource).isGone(id);
  }

  /** Notes that a write may or may not have happened. */
  public synchronized void doubt(Resource<?, ?, ?> resource) {
    index(resource).doubt();
  }

  /**
   * Notes that the resource may hold objects that are not listed yet and that only one owner looks
   * for. It stays known to all others.
   *
   * @param owner the owner, by which a plan runner keeps its attempts
   */
  public synchronized void doubt(Resource<?, ?, ?> resource, String owner) {
    index(resource).doubt(owner);
  }

  /**
   * Notes a change of an object that was not made through this account's API, under a key of {@link
   * Keys}. The note overrides what is listed, until a list that began later.
   */
  public synchronized void note(Resource<?, ?, ?> resource, String key, String text) {
    index(resource).note(key, text);
  }

  /** The note on an object under a key, unless a later list has replaced it. */
  public synchronized Optional<String> noted(Resource<?, ?, ?> resource, String key) {
    return index(resource).noted(key);
  }

  /** Whether an absence in this resource can be relied on. */
  public synchronized boolean isKnown(Resource<?, ?, ?> resource) {
    return index(resource).isKnown();
  }

  /** Whether this owner can rely on an absence in this resource. */
  public synchronized boolean isKnownTo(Resource<?, ?, ?> resource, String owner) {
    return index(resource).isKnownTo(owner);
  }

  /** Whether every owner can rely on an absence in this resource. */
  public synchronized boolean isKnownToAll(Resource<?, ?, ?> resource) {
    return index(resource).isKnownToAll();
  }

  /** Decides on one state of the inventory: no list is taken in meanwhile. */
  public synchronized <D> D consistently(Supplier<D> decision) {
    return decision.get();
  }

  /** The object of an id; a null id is absent. */
  public synchronized <T extends RemoteObject> Finding<T> byID(
      Resource<T, ?, ?> resource, String id) {
    ResourceIndex<T> index = index(resource);
    return finding(index, id == null ? null : index.get(id));
  }

  /**
   * The mark on the object of an id; empty where it has none, and where no such object is known.
   */
  public Optional<Mark> mark(Resource<?, ?, ?> resource, String id) {
    return byID(resource, id).optional().flatMap(Mark::on);
  }

  /** The first object under a key of {@link Keys}. */
  public synchronized <T extends RemoteObject> Finding<T> find(
      Resource<T, ?, ?> resource, String key) {
    ResourceIndex<T> index = index(resource);
    return finding(index, index.lookUp(key).stream().findFirst().orElse(null));
  }

  /**
   * A text by which an administrator finds an object: its kind, its name, and its id if it is
   * there.
   */
  public synchronized String told(Resource<?, ?, ?> resource, String name) {
    return index(resource).lookUp(Keys.name(name)).stream()
        .findFirst()
        .map(row -> told(resource, name, row.id()))
        .orElse(resource.path() + " " + name);
  }

  /** The same text, for an object whose id is known. */
  public static String told(Resource<?, ?, ?> resource, String name, String id) {
    return resource.path() + " " + name + " (" + id + ")";
  }

  /** Every object under a key, as far as is known. */
  public synchronized <T extends RemoteObject> List<T> lookUp(
      Resource<T, ?, ?> resource, String key) {
    return index(resource).lookUp(key);
  }

  /** Every object, as far as is known. */
  public synchronized <T extends RemoteObject> List<T> all(Resource<T, ?, ?> resource) {
    return index(resource).all();
  }

  private static <T extends RemoteObject> Finding<T> finding(ResourceIndex<T> index, T object) {
    return new Finding<>(object != null || index.isKnown(), object);
  }

  @SuppressWarnings("unchecked") // an index is made for its resource, and never replaced
  private <T extends RemoteObject> ResourceIndex<T> index(Resource<T, ?, ?> resource) {
    return (ResourceIndex<T>) indexes.get(resource);
  }
}
