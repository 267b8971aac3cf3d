package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.clinicnet.operator.api.schema.Format;
import dev.clinicnet.operator.api.schema.ListMap;
import java.util.List;

/**
 * What the operator knows of a ClinicService. {@code internalURL} is where the public endpoint
 * forwards to; {@code internalBoundAt} is when an agent was first seen to bind it, null before.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ClinicServiceStatus(
    @JsonPropertyDescription(
            "The metadata.generation that this status was computed from. -1 until the operator has looked at the object.")
        Long observedGeneration,
    @JsonPropertyDescription(
            "Accepted, ResolvedRefs, Programmed and Ready (the three before it); beside Ready: AgentOnline (the internal endpoint is bound); and only while True: Reconciling, Stalled.")
        @ListMap(key = "type")
        List<Condition> conditions,
    @JsonPropertyDescription(
            "The internal URL that the public endpoint forwards to. It moves to a new value only when an agent binds it, or when none ever bound the old one.")
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
            "What of the service is in the operator's vault at ngrok, without values. Empty while nothing is.")
        @ListMap(key = "name")
        List<VaultSecretStatus> vaultSecrets,
    @JsonPropertyDescription(
            "Which sessions have an OnDemand service open, and until when. Absent while none has.")
        OnDemandStatus onDemand) {

  /** The status of a service that nobody has looked at yet. */
  public static final ClinicServiceStatus EMPTY =
      new ClinicServiceStatus(null, null, null, null, null, null, null, null, null, null);

  public ClinicServiceStatus {
    observedGeneration = ObservedGeneration.orNull(observedGeneration);
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
    vaultSecrets = vaultSecrets == null ? List.of() : List.copyOf(vaultSecrets);
  }
}
