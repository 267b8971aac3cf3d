package dev.clinicnet.operator.drift;

import dev.clinicnet.operator.plan.Drift;

/** Is told of each difference that somebody else made, once. */
@FunctionalInterface
public interface DriftObserver {
  /** For those who do not count. */
  DriftObserver NONE = (drift, action) -> {};

  /** Somebody else changed this, and that became of it. */
  void saw(Drift drift, DriftAction action);
}
