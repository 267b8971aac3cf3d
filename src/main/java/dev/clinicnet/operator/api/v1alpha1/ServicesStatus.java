package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/** How many ClinicServices refer to the Clinic, and how many of them are Ready. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ServicesStatus(int total, int ready) {}
