package dev.clinicnet.operator.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** The faults that are injected at present. */
final class Faults {
  private final Map<String, ActiveFault> active = new LinkedHashMap<>();
  private int number;

  synchronized ObjectNode add(Fault fault) {
    number++;
    ActiveFault added = new ActiveFault("fault_" + number, fault);
    active.put(added.id(), added);
    return added.view();
  }

  /** The first fault that hits a request, or null. */
  synchronized ActiveFault take(String method, String path) {
    for (ActiveFault fault : active.values()) {
      if (fault.take(method, path)) {
        return fault;
      }
    }
    return null;
  }

  /** Blocks while the fault holds its requests. */
  void hold(ActiveFault fault) throws InterruptedException {
    try {
      fault.awaitRelease();
    } finally {
      synchronized (this) {
        fault.released();
      }
    }
  }

  /** Lets the held requests go on; false for an unknown id. */
  synchronized boolean release(String id) {
    ActiveFault fault = active.get(id);
    if (fault != null) {
      fault.release();
    }
    return fault != null;
  }

  synchronized boolean remove(String id) {
    boolean known = release(id);
    active.remove(id);
    return known;
  }

  synchronized void clear() {
    active.values().forEach(ActiveFault::release);
    active.clear();
  }

  synchronized ObjectNode view() {
    ObjectNode view = Json.object();
    ArrayNode faults = view.putArray("faults");
    active.values().forEach(fault -> faults.add(fault.view()));
    return view;
  }
}
