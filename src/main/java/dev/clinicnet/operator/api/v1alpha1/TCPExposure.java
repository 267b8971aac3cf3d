package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * A public TCP endpoint: on an address reserved in {@code region} (null: us), or on {@code
 * address}, one that the account already holds and that is never released.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record TCPExposure(String region, String address) {}
