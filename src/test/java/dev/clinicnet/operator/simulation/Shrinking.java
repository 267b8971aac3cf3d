package dev.clinicnet.operator.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Makes a failing schedule shorter: it leaves out whatever the same rule is broken without. */
final class Shrinking {
  private final String rule;
  private Schedule shortest;

  private Shrinking(Schedule failing, String rule) {
    this.rule = rule;
    this.shortest = failing;
  }

  /** The shortest schedule found that breaks the first rule that this one breaks. */
  static Schedule of(Schedule failing, Run run) {
    Shrinking shrinking = new Shrinking(failing, rule(run.violations().get(0)));
    while (shrinking.withoutAnAct() || shrinking.withoutAFault()) {
      // Each turn leaves out one more.
    }
    return shrinking.shortest;
  }

  private static String rule(String violation) {
    return violation.substring(0, violation.indexOf(':'));
  }

  private boolean withoutAnAct() {
    for (int i = shortest.acts().size() - 1; i >= 0; i--) {
      List<Act> fewer = new ArrayList<>(shortest.acts());
      fewer.remove(i);
      if (isKept(shortest.withActs(fewer))) {
        return true;
      }
    }
    return false;
  }

  private boolean withoutAFault() {
    for (Integer call : shortest.faults().keySet()) {
      Map<Integer, Fault> fewer = new TreeMap<>(shortest.faults());
      fewer.remove(call);
      if (isKept(shortest.withFaults(fewer))) {
        return true;
      }
    }
    return false;
  }

  private boolean isKept(Schedule shorter) {
    boolean broken =
        Run.of(shorter).violations().stream().anyMatch(found -> rule(found).equals(rule));
    if (broken) {
      shortest = shorter;
    }
    return broken;
  }
}
