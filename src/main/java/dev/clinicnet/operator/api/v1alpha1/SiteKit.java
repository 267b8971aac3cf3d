package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/** Where the site kit is written. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record SiteKit(String secretName) {}
