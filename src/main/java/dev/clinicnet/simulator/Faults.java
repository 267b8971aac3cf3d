package dev.clinicnet.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** The faults that are injected now. */
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
  private synchronized ActiveFault take(String method, String path) {
    for (ActiveFault fault : active.values()) {
      if (fault.take(method, path)) {
        return fault;
      }
    }
    return null;
  }

  /**
   * The answer to a request with the effect of a fault; empty if the connection must be closed
   * without an answer.
   *
   * @param real executes the request
   * @param failure the answer of a fault that has a status
   */
  <T> Optional<T> strike(String method, String path, Supplier<T> real, Function<Fault, T> failure)
      throws InterruptedException {
    ActiveFault active = take(method, path);
    if (active == null) {
      return Optional.of(real.get());
    }
    Fault fault = active.fault();
    Optional<T> executed = fault.afterCommit() ? Optional.of(real.get()) : Optional.empty();
    if (fault.hold()) {
      hold(active);
    }
    if (!fault.delay().isZero()) {
      Thread.sleep(fault.delay().toMillis());
    }
    if (fault.drop()) {
      return Optional.empty();
    }
    return Optional.of(fault.status() == 0 ? executed.orElseGet(real) : failure.apply(fault));
  }

  /** Blocks while the fault holds its requests. */
  private void hold(ActiveFault fault) throws InterruptedException {
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
