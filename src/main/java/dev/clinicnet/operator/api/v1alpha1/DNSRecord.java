package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** A DNS record that the team must create. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record DNSRecord(
    @JsonPropertyDescription("The record's type, for example CNAME.") String type,
    @JsonPropertyDescription("The record's full name, without trailing dot.") String name,
    @JsonPropertyDescription("The record's value, without trailing dot.") String value) {}
