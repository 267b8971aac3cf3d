package dev.clinicnet.operator.inventory;

import dev.clinicnet.operator.ngrok.RemoteObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All objects of one resource. Not safe for threads: the {@link Inventory} guards it. Time is a
 * counter: a write after the start of a sweep outlives that sweep.
 */
final class ResourceIndex<T extends RemoteObject> {
  private static final long NEVER = -1;

  private final Map<String, T> byID = new LinkedHashMap<>();
  private final Map<String, Set<String>> byKey = new HashMap<>();
  private final Map<String, Long> touched = new HashMap<>();
  private final Map<String, Note> notes = new HashMap<>();
  private long clock;
  private long knownSince = NEVER;
  private long doubtedAt;
  private final Map<String, Long> doubtedFor = new HashMap<>();

  private record Note(String text, long when) {}

  /** A sweep begins. Its list will be at least as new as this moment. */
  long begin() {
    return ++clock;
  }

  /**
   * Takes the list of a sweep, and returns the rows that are new, gone or different: both their old
   * and their new versions. If sweeps overlap, the list of one that began earlier and ends later is
   * ignored.
   */
  List<T> complete(long begun, List<T> rows) {
    if (begun < knownSince) {
      return List.of();
    }
    Map<String, T> listed = new LinkedHashMap<>();
    rows.forEach(row -> listed.put(row.id(), row));
    touched.values().removeIf(when -> when <= begun);
    notes.values().removeIf(note -> note.when() <= begun);
    List<T> changed = new ArrayList<>();
    for (T old : List.copyOf(byID.values())) {
      if (!touched.containsKey(old.id()) && !old.equals(listed.get(old.id()))) {
        changed.add(old);
        remove(old.id());
      }
    }
    for (T row : listed.values()) {
      if (!touched.containsKey(row.id()) && !row.equals(byID.get(row.id()))) {
        changed.add(row);
        put(row);
      }
    }
    knownSince = begun;
    doubtedFor.values().removeIf(when -> when <= begun);
    return changed;
  }

  /** Whether an object would be there after a sweep that listed these. */
  boolean wouldHold(long begun, Set<String> listed, String id) {
    long changed = touched.getOrDefault(id, NEVER);
    return changed > begun ? byID.containsKey(id) : listed.contains(id);
  }

  void wrote(T object) {
    touched.put(object.id(), ++clock);
    put(object);
  }

  void deleted(String id) {
    touched.put(id, ++clock);
    remove(id);
  }

  /** Whether an object is certainly not there, by our own deletion or by a list. */
  boolean isGone(String id) {
    return !byID.containsKey(id) && (touched.containsKey(id) || isKnown());
  }

  /**
   * Notes a change that was made elsewhere to the object under a key. The note counts until a later
   * sweep lists the object.
   */
  void note(String key, String text) {
    notes.put(key, new Note(text, ++clock));
  }

  Optional<String> noted(String key) {
    return Optional.ofNullable(notes.get(key)).map(Note::text);
  }

  /**
   * Notes a write that may have happened. Absences are unknown until a sweep that begins from now
   * on.
   */
  void doubt() {
    doubtedAt = ++clock;
  }

  /**
   * Notes that objects may exist that only one owner looks for. For this owner, absences are
   * unknown until a sweep that begins from now on.
   */
  void doubt(String owner) {
    doubtedFor.put(owner, ++clock);
  }

  boolean isKnownTo(String owner) {
    return isKnown() && !doubtedFor.containsKey(owner);
  }

  boolean isKnownToAll() {
    return isKnown() && doubtedFor.isEmpty();
  }

  boolean isKnown() {
    return knownSince != NEVER && knownSince > doubtedAt;
  }

  T get(String id) {
    return byID.get(id);
  }

  List<T> lookUp(String key) {
    Set<String> ids = byKey.get(key);
    if (ids == null) {
      return List.of();
    }
    List<T> found = new ArrayList<>(ids.size());
    for (String id : ids) {
      found.add(byID.get(id));
    }
    return Collections.unmodifiableList(found);
  }

  List<T> all() {
    return List.copyOf(byID.values());
  }

  private void put(T object) {
    remove(object.id());
    byID.put(object.id(), object);
    for (String key : Keys.of(object)) {
      byKey.computeIfAbsent(key, k -> new LinkedHashSet<>()).add(object.id());
    }
  }

  private void remove(String id) {
    T old = byID.remove(id);
    if (old == null) {
      return;
    }
    for (String key : Keys.of(old)) {
      Set<String> ids = byKey.get(key);
      if (ids != null && ids.remove(id) && ids.isEmpty()) {
        byKey.remove(key);
      }
    }
  }
}
