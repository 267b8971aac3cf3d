package dev.clinicnet.operator.service;

import dev.clinicnet.operator.api.v1alpha1.DeletionPolicy;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.ngrok.RemoteObject;
import dev.clinicnet.operator.ngrok.ReservedAddr;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.plan.LetGo;
import dev.clinicnet.operator.plan.Step;
import dev.clinicnet.operator.reconcile.Deletion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The deletion of a service: its public endpoint, then its address and its secrets in the vault.
 *
 * @param steps the steps that are possible now
 * @param remaining the objects that still exist, for the message; empty when the service may go
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
    // This comes before objects are left as they are.
    List<Step> cut = o.isQuarantined() ? ServiceQuarantine.steps(o) : List.of();
    if (!cut.isEmpty()) {
      return new ServiceDeletion(cut, cut.stream().map(Object::toString).toList());
    }
    return o.deletionPolicy() == DeletionPolicy.Retain ? retain(o) : delete(o);
  }

  private static ServiceDeletion retain(ServiceObservation o) {
    // Endpoints that sessions opened end with the service, even if other objects are retained.
    List<Step> steps = new ArrayList<>(o.isOnDemand() ? EndpointDecision.close(o) : List.of());
    steps.addAll(AgentEndpointDecision.closeForGood(o));
    if (!o.isOnDemand()) {
      o.endpoints().forEach(row -> retain(o, Resource.ENDPOINTS, row).ifPresent(steps::add));
    }
    o.addresses().forEach(row -> retain(o, Resource.RESERVED_ADDRS, row).ifPresent(steps::add));
    o.vaultSecrets().forEach(row -> retain(o, Resource.VAULT_SECRETS, row).ifPresent(steps::add));
    return new ServiceDeletion(steps, steps.stream().map(Object::toString).toList());
  }

  private static ServiceDeletion delete(ServiceObservation o) {
    List<Step> steps = new ArrayList<>(EndpointDecision.close(o));
    boolean closed = steps.isEmpty();
    steps.addAll(AgentEndpointDecision.closeForGood(o));
    if (closed) {
      o.vaultSecrets().stream().map(VaultDecision::delete).forEach(steps::add);
      for (ReservedAddr addr : o.addresses()) {
        new LetGo(Resource.RESERVED_ADDRS, addr, o.markOr(addr))
            .release(o.settings().undoWindow(), o.now())
            .ifPresent(steps::add);
      }
    }
    return new ServiceDeletion(steps, steps.stream().map(Object::toString).toList());
  }

  private static Optional<Step> retain(
      ServiceObservation o, Resource<?, ?, ?> resource, RemoteObject row) {
    return new LetGo(resource, row, o.markOr(row)).retain();
  }
}
