package dev.clinicnet.operator.claim;

import dev.clinicnet.operator.api.v1alpha1.AddressStatus;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceStatus;
import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.api.v1alpha1.DeletionPolicy;
import dev.clinicnet.operator.api.v1alpha1.EndpointStatus;
import dev.clinicnet.operator.api.v1alpha1.InternalLockStatus;
import dev.clinicnet.operator.api.v1alpha1.OnDemandStatus;
import dev.clinicnet.operator.api.v1alpha1.VaultSecretStatus;
import java.util.List;

/** The status of a ClinicService for a test; of its first generation, and without anything else. */
public final class ServiceStatusBuilder {
  private Long observedGeneration = 1L;
  private List<Condition> conditions;
  private String internalURL;
  private String internalBoundAt;
  private String publicURL;
  private AddressStatus address;
  private EndpointStatus endpoint;
  private DeletionPolicy deletionPolicy;
  private List<VaultSecretStatus> vaultSecrets;
  private OnDemandStatus onDemand;
  private InternalLockStatus internalLock;

  private ServiceStatusBuilder() {}

  public static ServiceStatusBuilder serviceStatus() {
    return new ServiceStatusBuilder();
  }

  public ServiceStatusBuilder observedGeneration(Long value) {
    observedGeneration = value;
    return this;
  }

  public ServiceStatusBuilder conditions(List<Condition> value) {
    conditions = value;
    return this;
  }

  public ServiceStatusBuilder internalURL(String value) {
    internalURL = value;
    return this;
  }

  public ServiceStatusBuilder internalBoundAt(String value) {
    internalBoundAt = value;
    return this;
  }

  public ServiceStatusBuilder publicURL(String value) {
    publicURL = value;
    return this;
  }

  public ServiceStatusBuilder address(AddressStatus value) {
    address = value;
    return this;
  }

  public ServiceStatusBuilder endpoint(EndpointStatus value) {
    endpoint = value;
    return this;
  }

  public ServiceStatusBuilder deletionPolicy(DeletionPolicy value) {
    deletionPolicy = value;
    return this;
  }

  public ServiceStatusBuilder vaultSecrets(List<VaultSecretStatus> value) {
    vaultSecrets = value;
    return this;
  }

  public ServiceStatusBuilder onDemand(OnDemandStatus value) {
    onDemand = value;
    return this;
  }

  /** What the public endpoint sends: the hash of the secret. */
  public ServiceStatusBuilder sends(String hash) {
    internalLock = new InternalLockStatus(hash);
    return this;
  }

  /** Since when the site kit has lost the lock whose secret is sent still. */
  public ServiceStatusBuilder offSince(String time) {
    internalLock = new InternalLockStatus(internalLock.sends(), time);
    return this;
  }

  public ClinicServiceStatus build() {
    return new ClinicServiceStatus(
        observedGeneration,
        conditions,
        internalURL,
        internalBoundAt,
        publicURL,
        address,
        endpoint,
        deletionPolicy,
        null,
        vaultSecrets,
        onDemand,
        internalLock);
  }
}
