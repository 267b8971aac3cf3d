package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/**
 * The published site kit. The hashes are of the agent configuration without its token; {@code
 * installedHash} is the one that the connected agent reports; null before an agent has reported
 * one.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record SiteKitStatus(
    @JsonPropertyDescription("The Secret that holds the site kit.") String secretName,
    @JsonPropertyDescription("A hash of the published agent configuration, without its token.")
        String configHash,
    @JsonPropertyDescription(
            "The same hash of the configuration that the connected agent uses. Absent while"
                + " no agent has reported it.")
        String installedHash,
    @JsonPropertyDescription(
            "Names the keys from which the secrets of the services' internal locks are made. It"
                + " changes with the keys. Absent while no service has spec.internalLock.")
        String lockID) {

  /** The kit of a Clinic whose services have no internal lock. */
  public SiteKitStatus(String secretName, String configHash, String installedHash) {
    this(secretName, configHash, installedHash, null);
  }
}
