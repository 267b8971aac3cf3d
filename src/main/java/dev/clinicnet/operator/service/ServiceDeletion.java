package dev.clinicnet.operator.service;

import dev.clinicnet.operator.api.v1alpha1.DeletionPolicy;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.ngrok.Endpoint;
import dev.clinicnet.operator.ngrok.Lane;
import dev.clinicnet.operator.ngrok.RemoteObject;
import dev.clinicnet.operator.ngrok.ReservedAddr;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.ngrok.VaultSecret;
import dev.clinicnet.operator.plan.Step;
import dev.clinicnet.operator.reconcile.Deletion;
import java.util.ArrayList;
import java.util.List;

/**
 * How a service goes: its public endpoint, then its address and what it has in the vault.
 *
 * @param steps what can be done now
 * @param remaining what is still there, for the message; empty when the service may go
 */
record ServiceDeletion(List<Step> steps, List<String> remaining) implements Deletion {

  @Override
  public String left() {
    return "Still to do: " + String.join(", ", remaining) + ".";
  }

  @Override
  public Verdict waiting() {
    return Verdict.no(Reason.Deleting, "In progress. " + left());
  }

  static ServiceDeletion decide(ServiceObservation o) {
    // Before anything is left as it is.
    List<Step> cut = o.isQuarantined() ? ServiceQuarantine.steps(o) : List.of();
    if (!cut.isEmpty()) {
      return new ServiceDeletion(cut, cut.stream().map(Object::toString).toList());
    }
    return o.deletionPolicy() == DeletionPolicy.Retain ? retain(o) : delete(o);
  }

  private static ServiceDeletion retain(ServiceObservation o) {
    // What sessions opened ends with the service, whatever is to stay.
    List<Step> steps = new ArrayList<>(o.isOnDemand() ? EndpointDecision.close(o) : List.of());
    steps.addAll(AgentEndpointDecision.closeForGood(o));
    for (Endpoint endpoint : o.isOnDemand() ? List.<Endpoint>of() : o.endpoints()) {
      Mark mark = o.ownMark(endpoint).orElse(o.mark());
      if (!mark.isRetained()) {
        steps.add(remark(Resource.ENDPOINTS, endpoint, mark.retained()));
      }
    }
    for (ReservedAddr addr : o.addresses()) {
      Mark mark = o.ownMark(addr).orElse(o.mark());
      if (!mark.isRetained()) {
        steps.add(remark(Resource.RESERVED_ADDRS, addr, mark.retained()));
      }
    }
    for (VaultSecret secret : o.vaultSecrets()) {
      Mark mark = o.ownMark(secret).orElse(o.mark());
      if (!mark.isRetained()) {
        steps.add(remark(Resource.VAULT_SECRETS, secret, mark.retained()));
      }
    }
    return new ServiceDeletion(steps, steps.stream().map(Object::toString).toList());
  }

  private static ServiceDeletion delete(ServiceObservation o) {
    List<Step> steps = new ArrayList<>(EndpointDecision.close(o));
    boolean closed = steps.isEmpty();
    steps.addAll(AgentEndpointDecision.closeForGood(o));
    if (closed) {
      o.vaultSecrets().stream().map(VaultDecision::delete).forEach(steps::add);
      for (ReservedAddr addr : o.addresses()) {
        Mark mark = o.ownMark(addr).orElse(o.mark());
        if (o.settings().undoWindow().isZero()) {
          steps.add(new Step.Delete(Resource.RESERVED_ADDRS, addr.id(), addr.addr()));
        } else if (mark.retiredAt() == null) {
          steps.add(remark(Resource.RESERVED_ADDRS, addr, mark.retired(o.now())));
        }
      }
    }
    return new ServiceDeletion(steps, steps.stream().map(Object::toString).toList());
  }

  private static Step remark(Resource<?, ?, ?> resource, RemoteObject row, Mark mark) {
    return Step.Update.mark(resource, row, mark, Lane.CLOSING);
  }
}
