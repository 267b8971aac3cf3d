package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/** The Clinic's service user (bot user) at ngrok. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ServiceUserStatus(String id, String name) {}
