package dev.clinicnet.operator.controller;

import dev.clinicnet.operator.grant.Grant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** The grants of each namespace as they were when its objects were last requeued for them. */
final class ToldGrants {
  private final Map<String, Map<String, Grant>> told = new HashMap<>();

  /**
   * Those of these namespaces whose grants differ from the last ones.
   *
   * @param present the grants of a namespace now, by the names of the accounts
   * @param isGone whether a namespace does not exist: nothing more is kept about it
   */
  synchronized Set<String> changed(
      Set<String> names, Function<String, Map<String, Grant>> present, Predicate<String> isGone) {
    Set<String> changed = new HashSet<>();
    for (String namespace : names) {
      Map<String, Grant> now = present.apply(namespace);
      Map<String, Grant> before =
          isGone.test(namespace) ? told.remove(namespace) : told.put(namespace, now);
      if (!now.equals(before)) {
        changed.add(namespace);
      }
    }
    return changed;
  }

  /** How many namespaces are known. */
  synchronized int size() {
    return told.size();
  }
}
