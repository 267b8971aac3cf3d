package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;

/** What a platform team asks for one site. Null members mean their default. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ClinicSpec(
    String displayName,
    String internalDomain,
    List<ClinicDomain> domains,
    ClinicAgent agent,
    DeletionPolicy deletionPolicy,
    DriftPolicy driftPolicy,
    boolean suspend) {

  public ClinicSpec {
    domains = domains == null ? List.of() : List.copyOf(domains);
    agent = agent == null ? ClinicAgent.DEFAULT : agent;
    deletionPolicy = deletionPolicy == null ? DeletionPolicy.Delete : deletionPolicy;
    driftPolicy = driftPolicy == null ? DriftPolicy.Correct : driftPolicy;
  }
}
