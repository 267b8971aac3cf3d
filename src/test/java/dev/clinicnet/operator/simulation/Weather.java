package dev.clinicnet.operator.simulation;

import java.util.Map;
import java.util.TreeMap;

/** The faults of a run, by the number of the call at which each strikes. */
final class Weather {
  private final Map<Integer, Fault> planned;
  private final Map<Integer, Fault> struck = new TreeMap<>();
  private boolean fair;
  private int calls;

  Weather(Map<Integer, Fault> planned) {
    this.planned = new TreeMap<>(planned);
  }

  /** The fault at the next call, which counts; null for none. */
  Fault next() {
    Fault fault = fair ? null : planned.get(calls);
    if (fault != null) {
      struck.put(calls, fault);
    }
    calls++;
    return fault;
  }

  /** Whether this fault comes at the next call. Then it has struck, and does not come again. */
  boolean take(Fault fault) {
    boolean next = !fair && planned.get(calls) == fault;
    if (next) {
      struck.put(calls, fault);
      planned.remove(calls);
    }
    return next;
  }

  /** No fault strikes from now on. */
  void clear() {
    fair = true;
  }

  boolean isFair() {
    return fair;
  }

  /** How many calls there were. */
  int calls() {
    return calls;
  }

  /** The faults that have struck. */
  Map<Integer, Fault> struck() {
    return struck;
  }
}
