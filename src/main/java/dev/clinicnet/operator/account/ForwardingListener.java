package dev.clinicnet.operator.account;

import dev.clinicnet.operator.claim.KnownID;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.ngrok.NgrokException;
import dev.clinicnet.operator.ngrok.RemoteObject;
import dev.clinicnet.operator.ngrok.Resource;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Passes everything on to another listener. */
abstract class ForwardingListener implements SweepListener {
  private final SweepListener next;

  ForwardingListener(SweepListener next) {
    this.next = next;
  }

  @Override
  public void begins() {
    next.begins();
  }

  @Override
  public void listed(
      Set<Resource<?, ?, ?>> resources, Predicate<KnownID> missing, boolean complete) {
    next.listed(resources, missing, complete);
  }

  @Override
  public void swept(List<RemoteObject> changed, Set<Owner> waiters, boolean complete) {
    next.swept(changed, waiters, complete);
  }

  @Override
  public boolean expectsRevocations() {
    return next.expectsRevocations();
  }

  @Override
  public void failed(NgrokException failure) {
    next.failed(failure);
  }
}
