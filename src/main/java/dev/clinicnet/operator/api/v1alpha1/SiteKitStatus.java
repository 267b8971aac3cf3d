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
        String installedHash) {}
