package dev.clinicnet.operator.service;

import dev.clinicnet.operator.api.v1alpha1.DeletionPolicy;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.ngrok.Endpoint;
import dev.clinicnet.operator.ngrok.Lane;
import dev.clinicnet.operator.ngrok.ReservedAddr;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.ngrok.VaultSecret;
import dev.clinicnet.operator.plan.Cause;
import dev.clinicnet.operator.plan.Step;
import java.util.ArrayList;
import java.util.List;

/**
 * How a service goes: its public endpoint, then its address and what it has in the vault.
 *
 * @param steps what can be done now
 * @param remaining what is still there, for the message; empty when the service may go
 */
record ServiceDeletion(List<Step> steps, List<String> remaining) {

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
      Mark mark = Mark.parse(endpoint.metadata()).orElse(o.mark());
      if (!mark.isRetained()) {
        steps.add(
            new Step.Update<>(
                Resource.ENDPOINTS,
                endpoint.id(),
                new Endpoint.Update(null, null, mark.retained().text(), null),
                endpoint.url(),
                Lane.CLOSING,
                Cause.MANIFEST));
      }
    }
    for (ReservedAddr addr : o.addresses()) {
      Mark mark = Mark.parse(addr.metadata()).orElse(o.mark());
      if (!mark.isRetained()) {
        steps.add(remark(addr, mark.retained()));
      }
    }
    for (VaultSecret secret : o.vaultSecrets()) {
      Mark mark = Mark.parse(secret.metadata()).orElse(o.mark());
      if (!mark.isRetained()) {
        steps.add(
            new Step.Update<>(
                Resource.VAULT_SECRETS,
                secret.id(),
                new VaultSecret.Update(null, null, mark.retained().text()),
                secret.name(),
                Lane.CLOSING,
                Cause.MANIFEST));
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
        Mark mark = Mark.parse(addr.metadata()).orElse(o.mark());
        if (o.settings().undoWindow().isZero()) {
          steps.add(new Step.Delete(Resource.RESERVED_ADDRS, addr.id(), addr.addr()));
        } else if (mark.retiredAt() == null) {
          steps.add(remark(addr, mark.retired(o.now())));
        }
      }
    }
    return new ServiceDeletion(steps, steps.stream().map(Object::toString).toList());
  }

  private static Step remark(ReservedAddr addr, Mark mark) {
    return new Step.Update<>(
        Resource.RESERVED_ADDRS,
        addr.id(),
        new ReservedAddr.Update(null, mark.text()),
        addr.addr(),
        Lane.CLOSING,
        Cause.MANIFEST);
  }
}
