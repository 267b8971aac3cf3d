package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** What all grants together are used for; each namespace is counted once. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record GrantTotals(
    @JsonPropertyDescription("How many grants there are.") int grants,
    @JsonPropertyDescription("How many namespaces they select.") int namespaces,
    @JsonPropertyDescription("How many Clinics these have, as far as status.operator watches them.")
        int clinics,
    @JsonPropertyDescription(
            "How many ClinicServices these have, as far as status.operator watches them.")
        int services) {}
