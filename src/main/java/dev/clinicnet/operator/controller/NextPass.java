package dev.clinicnet.operator.controller;

import dev.clinicnet.operator.reconcile.Outcome;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Tells the operator SDK when an object is to be looked at again. */
final class NextPass {
  /** How often a deletion that waits is looked at, in case nothing wakes it. */
  private static final Duration DELETION_CHECK = Duration.ofSeconds(5);

  private static final Duration SOON = Duration.ofMillis(10);

  private NextPass() {}

  /** After a pass over an object that is not being deleted. */
  static <P extends HasMetadata> UpdateControl<P> after(Outcome outcome, Clock clock) {
    UpdateControl<P> control = UpdateControl.noUpdate();
    return outcome
        .requeueAt()
        .map(when -> control.rescheduleAfter(until(when, clock)))
        .orElse(control);
  }

  /** After a pass over an object that is being deleted. */
  static DeleteControl afterDeletion(Outcome outcome, Clock clock) {
    if (outcome.finished()) {
      return DeleteControl.defaultDelete();
    }
    Duration wait = outcome.requeueAt().map(when -> until(when, clock)).orElse(DELETION_CHECK);
    return DeleteControl.noFinalizerRemoval().rescheduleAfter(wait);
  }

  /** How long it is until a moment, at least a little. */
  private static Duration until(Instant when, Clock clock) {
    Duration wait = Duration.between(clock.instant(), when);
    return wait.compareTo(SOON) > 0 ? wait : SOON;
  }
}
