package dev.clinicnet.operator.controller;

import dev.clinicnet.operator.ngrok.AccountTime;
import dev.clinicnet.operator.reconcile.Outcome;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Drives the passes over one kind from the operator SDK's events. No pass begins while the process
 * ends. A pass whose writes Kubernetes refuses is repeated.
 */
abstract class KindController<P extends HasMetadata> implements Reconciler<P>, Cleaner<P> {
  /** The interval between passes over a waiting deletion, if nothing requeues it. */
  private static final Duration DELETION_CHECK = Duration.ofSeconds(5);

  /** The interval between passes over an object that asks for none, and that nothing requeues. */
  private static final Duration SETTLED_CHECK = Duration.ofHours(10);

  private static final Duration SOON = Duration.ofMillis(10);

  private final String finalizer;
  private final InFlight inFlight;
  private final RefusedWrites refusals;
  private final AccountTime time;

  KindController(String finalizer, InFlight inFlight, RefusedWrites refusals, AccountTime time) {
    this.finalizer = finalizer;
    this.inFlight = inFlight;
    this.refusals = refusals;
    this.time = time;
  }

  /** Makes one pass over an object that is not being deleted. */
  abstract Outcome pass(P object, Context<P> context);

  /** Makes one pass over an object that is being deleted. */
  abstract Outcome deletion(P object, Context<P> context);

  @Override
  public final UpdateControl<P> reconcile(P object, Context<P> context) {
    return inFlight.run(
        () -> refusals.pass(object, () -> next(pass(object, context))), UpdateControl.noUpdate());
  }

  @Override
  public final DeleteControl cleanup(P object, Context<P> context) {
    return inFlight.run(
        () ->
            refusals.deletion(
                object,
                context.getClient(),
                finalizer,
                () -> afterDeletion(deletion(object, context))),
        DeleteControl.noFinalizerRemoval());
  }

  private UpdateControl<P> next(Outcome outcome) {
    Duration wait = outcome.requeueAt().map(this::until).orElse(SETTLED_CHECK);
    return UpdateControl.<P>noUpdate().rescheduleAfter(wait);
  }

  private DeleteControl afterDeletion(Outcome outcome) {
    if (outcome.finished()) {
      return DeleteControl.defaultDelete();
    }
    Duration wait = outcome.requeueAt().map(this::until).orElse(DELETION_CHECK);
    return DeleteControl.noFinalizerRemoval().rescheduleAfter(wait);
  }

  /** The time until a moment, with a short minimum. */
  private Duration until(Instant when) {
    Duration wait = time.real(Duration.between(clock().instant(), when));
    return wait.compareTo(SOON) > 0 ? wait : SOON;
  }

  /** The guard to ask before a write. */
  final InFlight inFlight() {
    return inFlight;
  }

  final Clock clock() {
    return time.clock();
  }
}
