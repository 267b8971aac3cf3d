package dev.clinicnet.operator.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The calls and the other events of a run, in their order. */
final class Trace {
  private final List<String> lines = new ArrayList<>();
  private final List<Call> calls = new ArrayList<>();

  /** A call of the operator. Its place in the list is the number by which faults name it. */
  record Call(Instant at, String what) {}

  void call(Instant now, String what, Fault fault) {
    calls.add(new Call(now, what));
    note(now, what + (fault == null ? "" : "   <- " + fault));
  }

  void note(Instant now, String what) {
    lines.add(now + " " + what);
  }

  List<Call> calls() {
    return calls;
  }

  List<String> lines() {
    return lines;
  }
}
