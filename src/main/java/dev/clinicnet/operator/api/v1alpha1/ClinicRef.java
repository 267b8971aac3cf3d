package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/** Names a Clinic in the same namespace. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ClinicRef(String name) {}
