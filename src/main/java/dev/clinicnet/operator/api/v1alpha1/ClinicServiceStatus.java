package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.clinicnet.operator.api.schema.Format;
import dev.clinicnet.operator.api.schema.ListMap;
import java.util.ArrayList;
import java.util.List;

/**
 * The observed state of a ClinicService. {@code internalURL} is the target of the public endpoint.
 * {@code internalBoundAt} is the time at which an agent was first seen to bind it, and null before.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ClinicServiceStatus(
    @JsonPropertyDescription(
            "The metadata.generation that this status was computed from. -1 until the operator has looked at the object.")
        Long observedGeneration,
    @JsonPropertyDescription(
            "Always: Accepted, ResolvedRefs, Programmed, and Ready, which is True when these"
                + " three are True. Not part of Ready: AgentOnline (the internal endpoint is"
                + " bound), and, if the service refers to certificates, CertificatesCurrent (they"
                + " do not expire soon), and, with spec.internalLock, InternalLocked (the bound endpoint"
                + " demands the lock). Only while they are True: Reconciling, Stalled.")
        @ListMap(key = "type")
        List<Condition> conditions,
    @JsonPropertyDescription(
            "The internal URL that the public endpoint forwards to. It changes to a new value"
                + " only when an agent binds the new one, or if no agent has ever bound the old"
                + " one.")
        String internalURL,
    @JsonPropertyDescription("When an agent was first seen to bind internalURL. Absent before.")
        @Format("date-time")
        String internalBoundAt,
    @JsonPropertyDescription(
            "Where the service is reached from outside. Absent for internal services, and while no session is open on an OnDemand one.")
        String publicURL,
    @JsonPropertyDescription("The TCP address. Absent unless spec.expose.tcp is set.")
        AddressStatus address,
    @JsonPropertyDescription("The public cloud endpoint. Absent while there is none.")
        EndpointStatus endpoint,
    @JsonPropertyDescription(
            "The Clinic's spec.deletionPolicy, copied so that it is known when the Clinic is gone.")
        DeletionPolicy deletionPolicy,
    @JsonPropertyDescription(
            "The Clinic's spec.accountRef.name, copied so that it is known when the Clinic is gone."
                + " It is written before the first request to ngrok. Absent: 'default', or nothing was"
                + " asked of ngrok yet.")
        String account,
    @JsonPropertyDescription(
            "The service's secrets in the operator's vault at ngrok, without their values."
                + " Empty if there are none.")
        @ListMap(key = "name")
        List<VaultSecretStatus> vaultSecrets,
    @JsonPropertyDescription(
            "The sessions that keep an OnDemand service open, and until when. Absent while no"
                + " session is open.")
        OnDemandStatus onDemand,
    @JsonPropertyDescription(
            "The secret of the internal lock that the public endpoint sends, without its value."
                + " Absent while it sends none.")
        InternalLockStatus internalLock) {

  /** A status of a service without a lock at the site. */
  public ClinicServiceStatus(
      Long observedGeneration,
      List<Condition> conditions,
      String internalURL,
      String internalBoundAt,
      String publicURL,
      AddressStatus address,
      EndpointStatus endpoint,
      DeletionPolicy deletionPolicy,
      List<VaultSecretStatus> vaultSecrets,
      OnDemandStatus onDemand) {
    this(
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
        null);
  }

  /** The status of a service that was not reconciled yet. */
  public static final ClinicServiceStatus EMPTY =
      new ClinicServiceStatus(null, null, null, null, null, null, null, null, null, null);

  /** The status of a service; {@link #EMPTY} before it was reconciled. */
  public static ClinicServiceStatus of(ClinicService service) {
    return service.getStatus() == null ? EMPTY : service.getStatus();
  }

  public ClinicServiceStatus {
    observedGeneration = ObservedGeneration.orNull(observedGeneration);
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
    vaultSecrets = vaultSecrets == null ? List.of() : List.copyOf(vaultSecrets);
  }

  /** The same status with the findings for a generation of the manifest. */
  public ClinicServiceStatus judged(long generation, List<Condition> judgement) {
    return new ClinicServiceStatus(
        generation,
        judgement,
        internalURL,
        internalBoundAt,
        publicURL,
        address,
        endpoint,
        deletionPolicy,
        account,
        vaultSecrets,
        onDemand,
        internalLock);
  }

  /**
   * The same status in an account.
   *
   * @param name null for the account {@link NgrokAccount#DEFAULT}
   */
  public ClinicServiceStatus inAccount(String name) {
    return with(name, internalLock);
  }

  /** The same status with another public endpoint. */
  public ClinicServiceStatus withEndpoint(EndpointStatus other) {
    return with(publicURL, address, other, deletionPolicy, vaultSecrets, onDemand);
  }

  /** The same status of a service that is not reached from outside. */
  public ClinicServiceStatus withoutPublicURL() {
    return with(null, address, endpoint, deletionPolicy, vaultSecrets, onDemand);
  }

  /** The same status with another address. */
  public ClinicServiceStatus withAddress(AddressStatus other) {
    return with(publicURL, other, endpoint, deletionPolicy, vaultSecrets, onDemand);
  }

  /** The same status with the present deletion policy of its Clinic. */
  public ClinicServiceStatus withDeletionPolicy(DeletionPolicy policy) {
    return with(publicURL, address, endpoint, policy, vaultSecrets, onDemand);
  }

  /** The same status with a secret in the vault, which replaces an earlier one of that name. */
  public ClinicServiceStatus withVaultSecret(VaultSecretStatus secret) {
    List<VaultSecretStatus> secrets = new ArrayList<>(vaultSecrets);
    secrets.removeIf(known -> known.name().equals(secret.name()));
    secrets.add(secret);
    return with(publicURL, address, endpoint, deletionPolicy, secrets, onDemand);
  }

  /** The same status with other sessions. */
  public ClinicServiceStatus withOnDemand(OnDemandStatus other) {
    return with(publicURL, address, endpoint, deletionPolicy, vaultSecrets, other);
  }

  /** The same status with another secret for the lock. */
  public ClinicServiceStatus withInternalLock(InternalLockStatus other) {
    return with(account, other);
  }

  private ClinicServiceStatus with(String otherAccount, InternalLockStatus lock) {
    return new ClinicServiceStatus(
        observedGeneration,
        conditions,
        internalURL,
        internalBoundAt,
        publicURL,
        address,
        endpoint,
        deletionPolicy,
        otherAccount,
        vaultSecrets,
        onDemand,
        lock);
  }

  private ClinicServiceStatus with(
      String url,
      AddressStatus addr,
      EndpointStatus open,
      DeletionPolicy policy,
      List<VaultSecretStatus> secrets,
      OnDemandStatus sessions) {
    return new ClinicServiceStatus(
        observedGeneration,
        conditions,
        internalURL,
        internalBoundAt,
        url,
        addr,
        open,
        policy,
        account,
        secrets,
        sessions,
        internalLock);
  }
}
