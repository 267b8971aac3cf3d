package dev.clinicnet.operator.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The calls and the other events of a run, in their order. */
final class Trace {
  private final List<String> lines = new ArrayList<>();

  void call(Instant now, String what, Fault fault) {
    note(now, what + (fault == null ? "" : "   <- " + fault));
  }

  void note(Instant now, String what) {
    lines.add(now + " " + what);
  }

  List<String> lines() {
    return lines;
  }
}
