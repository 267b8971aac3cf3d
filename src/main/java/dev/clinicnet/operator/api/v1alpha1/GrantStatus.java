package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** What one grant is used for. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record GrantStatus(
    @JsonPropertyDescription("The grant's name.") @Required String name,
    @JsonPropertyDescription("How many namespaces it selects.") int namespaces,
    @JsonPropertyDescription("How many Clinics these have, as far as status.operator watches them.")
        int clinics,
    @JsonPropertyDescription(
            "How many ClinicServices these have, as far as status.operator watches them.")
        int services) {}
