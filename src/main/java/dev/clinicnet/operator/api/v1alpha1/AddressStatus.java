package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * The reserved TCP address. A {@code nonce} without {@code id} is an intent: a reservation may or
 * may not have been made with that nonce in its mark.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record AddressStatus(String id, String addr, String nonce) {}
