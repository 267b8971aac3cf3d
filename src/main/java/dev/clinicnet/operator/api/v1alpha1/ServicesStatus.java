package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** How many ClinicServices refer to the Clinic, and how many of them are Ready. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ServicesStatus(
    @JsonPropertyDescription("How many ClinicServices refer to the Clinic.") int total,
    @JsonPropertyDescription("How many of them are Ready.") int ready) {}
