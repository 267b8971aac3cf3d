package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * The published site kit. The hashes are of the agent configuration without its token; {@code
 * installedHash} is what the connected agent reports, null while none has.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record SiteKitStatus(String secretName, String configHash, String installedHash) {}
