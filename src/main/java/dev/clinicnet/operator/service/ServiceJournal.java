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
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Protects an address from loss and from a second reservation. The status has an intent before the
 * reservation, and the id directly after it. It names a vault secret before its creation, so that
 * the secret is always found and deleted later. A checkpoint is the whole last status with the new
 * part.
 */
final class ServiceJournal implements Journal {
  private final String account;
  private final Consumer<ClinicServiceStatus> checkpoint;
  private ClinicServiceStatus status;
  private ClinicServiceStatus written;

  /**
   * The journal of one pass.
   *
   * @param account the account as a status has it
   */
  ServiceJournal(
      ClinicServiceStatus last, String account, Consumer<ClinicServiceStatus> checkpoint) {
    this.status = last;
    this.account = account;
    this.checkpoint = checkpoint;
  }

  /** The last status, with everything that was written since. */
  ClinicServiceStatus status() {
    return status;
  }

  /** Whether the last write of this pass has said exactly this. */
  boolean isWritten(ClinicServiceStatus other) {
    return other.equals(written);
  }

  /** The address as the status names it before it is reserved; empty for another step. */
  static Optional<AddressStatus> intent(Step step) {
    return step instanceof Step.Create<?, ?> creation
            && creation.body() instanceof ReservedAddr.Create create
        ? Optional.of(
            new AddressStatus(null, null, Mark.parse(create.metadata()).orElseThrow().nonce()))
        : Optional.empty();
  }

  @Override
  public void begin() {
    if (!Objects.equals(account, status.account())) {
      write(status.inAccount(account));
    }
  }

  @Override
  public void intend(Step.Create<?, ?> step) {
    Optional<AddressStatus> address = intent(step);
    if (address.isPresent()) {
      if (!address.get().equals(status.address())) {
        write(status.withAddress(address.get()));
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
        // This needs no separate write, because a lost echo costs only one comparison of meaning.
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

  /** Behind the rules of a refused manifest, the policy is still that of an earlier manifest. */
  private Long generationBehind(String sent) {
    return status.endpoint() != null && Tightening.isIn(sent)
        ? status.endpoint().generation()
        : null;
  }

  private void write(ClinicServiceStatus changed) {
    ClinicServiceStatus ours = changed.inAccount(account);
    checkpoint.accept(ours);
    status = ours;
    written = ours;
  }
}
