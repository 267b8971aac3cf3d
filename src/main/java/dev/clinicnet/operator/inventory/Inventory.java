package dev.clinicnet.operator.inventory;

import dev.clinicnet.operator.ngrok.RemoteObject;
import dev.clinicnet.operator.ngrok.Resource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one account holds: from list calls, kept current by our own writes. Safe for threads. A
 * sweep never overrides what we wrote or deleted after it began.
 */
public final class Inventory {
  private final Map<Resource<?, ?, ?>, Shelf<?>> shelves = new HashMap<>();

  /** An empty inventory, which knows nothing. */
  public Inventory() {
    Resource.ALL.forEach(resource -> shelves.put(resource, new Shelf<>()));
  }

  /**
   * Notes that a list call begins; hand the answer to {@link #completeSweep} with what is returned.
   */
  public synchronized long beginSweep(Resource<?, ?, ?> resource) {
    return shelf(resource).begin();
  }

  /**
   * Takes in a complete list, and returns the rows that are new, gone or different, old and new.
   */
  public synchronized <T extends RemoteObject> List<T> completeSweep(
      Resource<T, ?, ?> resource, long begun, List<T> rows) {
    return shelf(resource).complete(begun, rows);
  }

  /** Whether an object would be there if the list that began then, of these ids, were taken in. */
  public synchronized boolean wouldHold(
      Resource<?, ?, ?> resource, long begun, Set<String> listed, String id) {
    return shelf(resource).wouldHold(begun, listed, id);
  }

  /** Notes an object as the platform answered our write. */
  public synchronized <T extends RemoteObject> void wrote(Resource<T, ?, ?> resource, T object) {
    shelf(resource).wrote(object);
  }

  /** Notes that an object is gone by our own doing. */
  public synchronized void deleted(Resource<?, ?, ?> resource, String id) {
    shelf(resource).deleted(id);
  }

  /**
   * Whether an object is certainly not there: we deleted it, or a list that can be relied on lacks
   * it.
   */
  public synchronized boolean isGone(Resource<?, ?, ?> resource, String id) {
    return shelf(resource).isGone(id);
  }

  /** Notes that a write may or may not have happened. */
  public synchronized void doubt(Resource<?, ?, ?> resource) {
    shelf(resource).doubt();
  }

  /**
   * Notes what was done to an object under a key of {@link Keys} by another way than this account's
   * API, which has not told the object. It is believed before what is listed, until a list that
   * began later.
   */
  public synchronized void note(Resource<?, ?, ?> resource, String key, String text) {
    shelf(resource).note(key, text);
  }

  /** What was noted of an object under a key, and not listed since. */
  public synchronized Optional<String> noted(Resource<?, ?, ?> resource, String key) {
    return shelf(resource).noted(key);
  }

  /** Whether an absence in this resource can be relied on. */
  public synchronized boolean isKnown(Resource<?, ?, ?> resource) {
    return shelf(resource).isKnown();
  }

  /** The object of an id; a null id is absent. */
  public synchronized <T extends RemoteObject> Finding<T> byID(
      Resource<T, ?, ?> resource, String id) {
    Shelf<T> shelf = shelf(resource);
    return finding(shelf, id == null ? null : shelf.get(id));
  }

  /** The first object under a key of {@link Keys}. */
  public synchronized <T extends RemoteObject> Finding<T> find(
      Resource<T, ?, ?> resource, String key) {
    Shelf<T> shelf = shelf(resource);
    return finding(shelf, shelf.lookUp(key).stream().findFirst().orElse(null));
  }

  /** Every object under a key, as far as is known. */
  public synchronized <T extends RemoteObject> List<T> lookUp(
      Resource<T, ?, ?> resource, String key) {
    return shelf(resource).lookUp(key);
  }

  /** Every object, as far as is known. */
  public synchronized <T extends RemoteObject> List<T> all(Resource<T, ?, ?> resource) {
    return shelf(resource).all();
  }

  private static <T extends RemoteObject> Finding<T> finding(Shelf<T> shelf, T object) {
    return new Finding<>(object != null || shelf.isKnown(), object);
  }

  @SuppressWarnings("unchecked") // a shelf is made for its resource, and never replaced
  private <T extends RemoteObject> Shelf<T> shelf(Resource<T, ?, ?> resource) {
    return (Shelf<T>) shelves.get(resource);
  }
}
