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
import java.util.ArrayList;
import java.util.List;
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
        write(with(intent, status.endpoint()));
      }
    } else if (step.body() instanceof VaultSecret.Create create
        && status.vaultSecrets().stream().noneMatch(s -> s.name().equals(create.name()))) {
      write(with(new VaultSecretStatus(create.name(), null)));
    }
  }

  @Override
  public void intend(Step.StartAgentEndpoint step) {
    OnDemandStatus now = status.onDemand();
    if (now == null || !step.name().equals(now.agentEndpoint())) {
      write(
          with(
              now == null
                  ? new OnDemandStatus(null, null, step.name())
                  : new OnDemandStatus(now.sessions(), now.openUntil(), step.name())));
    }
  }

  @Override
  public void stopped(Step.StopAgentEndpoint step) {
    OnDemandStatus now = status.onDemand();
    if (now != null) {
      status = with(new OnDemandStatus(now.sessions(), now.openUntil(), null));
    }
  }

  @Override
  public void done(Step step, RemoteObject answer) {
    if (answer instanceof ReservedAddr addr && step instanceof Step.Create<?, ?>) {
      String nonce = status.address() == null ? null : status.address().nonce();
      write(with(new AddressStatus(addr.id(), addr.addr(), nonce), status.endpoint()));
    } else if (answer instanceof VaultSecret secret) {
      status = with(new VaultSecretStatus(secret.name(), secret.id()));
    } else if (answer instanceof Endpoint endpoint) {
      String sent = PublicEndpoint.policySent(step);
      if (sent != null) {
        // Not worth a write of its own: a lost echo costs one comparison of meaning.
        status =
            with(
                status.address(),
                new EndpointStatus(
                    endpoint.id(), ContentHash.of(sent), PublicEndpoint.echoHash(endpoint)));
      }
    }
  }

  private void write(ClinicServiceStatus changed) {
    checkpoint.accept(changed);
    status = changed;
  }

  private ClinicServiceStatus with(VaultSecretStatus secret) {
    List<VaultSecretStatus> secrets = new ArrayList<>(status.vaultSecrets());
    secrets.removeIf(known -> known.name().equals(secret.name()));
    secrets.add(secret);
    return with(status.address(), status.endpoint(), secrets, status.onDemand());
  }

  private ClinicServiceStatus with(AddressStatus address, EndpointStatus endpoint) {
    return with(address, endpoint, status.vaultSecrets(), status.onDemand());
  }

  private ClinicServiceStatus with(OnDemandStatus onDemand) {
    return with(status.address(), status.endpoint(), status.vaultSecrets(), onDemand);
  }

  private ClinicServiceStatus with(
      AddressStatus address,
      EndpointStatus endpoint,
      List<VaultSecretStatus> vaultSecrets,
      OnDemandStatus onDemand) {
    return new ClinicServiceStatus(
        status.observedGeneration(),
        status.conditions(),
        status.internalURL(),
        status.internalBoundAt(),
        status.publicURL(),
        address,
        endpoint,
        status.deletionPolicy(),
        vaultSecrets,
        onDemand);
  }
}
