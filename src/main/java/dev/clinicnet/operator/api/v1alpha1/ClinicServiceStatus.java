package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;

/**
 * What the operator knows of a ClinicService. {@code internalURL} is where the public endpoint
 * forwards to; {@code internalBoundAt} is when an agent was first seen to bind it, null before.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ClinicServiceStatus(
    Long observedGeneration,
    List<Condition> conditions,
    String internalURL,
    String internalBoundAt,
    String publicURL,
    AddressStatus address,
    EndpointStatus endpoint,
    DeletionPolicy deletionPolicy) {

  /** The status of a service that nobody has looked at yet. */
  public static final ClinicServiceStatus EMPTY =
      new ClinicServiceStatus(null, null, null, null, null, null, null, null);

  public ClinicServiceStatus {
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
  }
}
