package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/** A domain to reserve at ngrok: a host, or a wildcard as the whole first label. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ClinicDomain(String name, boolean shared) {}
