package dev.clinicnet.operator.drift;

import dev.clinicnet.operator.plan.Drift;

/** Receives each difference that somebody else made, once. */
@FunctionalInterface
public interface DriftObserver {
  /** An observer that does nothing. */
  DriftObserver NONE = (drift, action) -> {};

  /** Somebody else changed this, and the operator did that about it. */
  void saw(Drift drift, DriftAction action);
}
