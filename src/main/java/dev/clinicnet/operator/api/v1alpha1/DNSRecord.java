package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/** A DNS record that the team must create. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record DNSRecord(String type, String name, String value) {}
