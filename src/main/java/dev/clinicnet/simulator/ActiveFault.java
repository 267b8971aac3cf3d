package dev.clinicnet.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.CountDownLatch;

/** An injected fault, with its counters. Its owner guards it. */
final class ActiveFault {
  private final String id;
  private final Fault fault;
  private final CountDownLatch released = new CountDownLatch(1);
  private int seen;
  private int fired;
  private int holding;

  ActiveFault(String id, Fault fault) {
    this.id = id;
    this.fault = fault;
  }

  String id() {
    return id;
  }

  Fault fault() {
    return fault;
  }

  /** Whether the fault hits this request. Counts the request. */
  boolean take(String method, String path) {
    if (!fault.matches(method, path) || fired >= fault.times()) {
      return false;
    }
    seen++;
    if (seen <= fault.skip()) {
      return false;
    }
    fired++;
    if (fault.hold()) {
      holding++;
    }
    return true;
  }

  void released() {
    holding--;
  }

  void release() {
    released.countDown();
  }

  void awaitRelease() throws InterruptedException {
    released.await();
  }

  ObjectNode view() {
    ObjectNode view = Json.object().put("id", id);
    view.setAll(fault.view());
    return view.put("matched", seen).put("fired", fired).put("holding", holding);
  }
}
