package dev.clinicnet.operator.service;

import dev.clinicnet.operator.api.v1alpha1.AddressStatus;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceStatus;
import dev.clinicnet.operator.api.v1alpha1.EndpointStatus;
import dev.clinicnet.operator.api.v1alpha1.OnDemandStatus;
import dev.clinicnet.operator.api.v1alpha1.VaultSecretStatus;
import dev.clinicnet.operator.endpoint.PublicEndpoint;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.ngrok.Endpoint;
import dev.clinicnet.operator.ngrok.RemoteObject;
import dev.clinicnet.operator.ngrok.ReservedAddr;
import dev.clinicnet.operator.ngrok.VaultSecret;
import dev.clinicnet.operator.plan.Journal;
import dev.clinicnet.operator.plan.Step;
import dev.clinicnet.operator.policy.ContentHash;
import dev.clinicnet.operator.policy.Tightening;
import java.util.function.Consumer;

/**
 * Keeps an address from being reserved twice or lost: the status says so before it is reserved, and
 * holds its id as soon as there is one. It names a vault secret before that is created, so that it
 * is looked for and deleted whatever becomes of the manifest. A checkpoint is the whole last status
 * with what is new.
 */
final class ServiceJournal implements Journal {
  private final Consumer<ClinicServiceStatus> checkpoint;
  private ClinicServiceStatus status;

  ServiceJournal(ClinicServiceStatus last, Consumer<ClinicServiceStatus> checkpoint) {
    this.status = last;
    this.checkpoint = checkpoint;
  }

  /** The last status, with what was written down since. */
  ClinicServiceStatus status() {
    return status;
  }

  @Override
  public void intend(Step.Create<?, ?> step) {
    if (step.body() instanceof ReservedAddr.Create create) {
      String nonce = Mark.parse(create.metadata()).orElseThrow().nonce();
      AddressStatus intent = new AddressStatus(null, null, nonce);
      if (!intent.equals(status.address())) {
        write(status.withAddress(intent));
      }
    } else if (step.body() instanceof VaultSecret.Create create) {
      if (status.vaultSecrets().stream().noneMatch(s -> s.name().equals(create.name()))) {
        write(status.withVaultSecret(new VaultSecretStatus(create.name(), null)));
      }
    } else {
      throw Journal.unknown(step);
    }
  }

  @Override
  public void intend(Step.StartAgentEndpoint step) {
    OnDemandStatus now = status.onDemand();
    if (now == null || !step.name().equals(now.agentEndpoint())) {
      OnDemandStatus before = now == null ? OnDemandStatus.EMPTY : now;
      write(status.withOnDemand(before.withAgentEndpoint(step.name())));
    }
  }

  @Override
  public void stopped(Step.StopAgentEndpoint step) {
    OnDemandStatus now = status.onDemand();
    if (now != null) {
      status = status.withOnDemand(now.withAgentEndpoint(null));
    }
  }

  @Override
  public void done(Step step, RemoteObject answer) {
    if (answer instanceof ReservedAddr addr && step instanceof Step.Create<?, ?>) {
      String nonce = status.address() == null ? null : status.address().nonce();
      write(status.withAddress(new AddressStatus(addr.id(), addr.addr(), nonce)));
    } else if (answer instanceof VaultSecret secret) {
      status = status.withVaultSecret(new VaultSecretStatus(secret.name(), secret.id()));
    } else if (answer instanceof Endpoint endpoint) {
      String sent = PublicEndpoint.policySent(step);
      if (sent != null) {
        // Not worth a write of its own: a lost echo costs one comparison of meaning.
        status =
            status.withEndpoint(
                new EndpointStatus(
                    endpoint.id(),
                    ContentHash.of(sent),
                    PublicEndpoint.echoHash(endpoint),
                    generationBehind(sent)));
      }
    }
  }

  /** Behind what a refused manifest closes, the policy stays that of an earlier manifest. */
  private Long generationBehind(String sent) {
    return status.endpoint() != null && Tightening.isIn(sent)
        ? status.endpoint().generation()
        : null;
  }

  private void write(ClinicServiceStatus changed) {
    checkpoint.accept(changed);
    status = changed;
  }
}
