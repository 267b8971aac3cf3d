package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/**
 * The reserved TCP address. A {@code nonce} without {@code id} is an intent: a reservation may or
 * may not have been made with that nonce in its mark.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record AddressStatus(
    @JsonPropertyDescription(
            "ngrok's id of the reserved address (ra_...). Absent while the reservation is under way.")
        String id,
    @JsonPropertyDescription("The address, as host:port.") String addr,
    @JsonPropertyDescription(
            "The nonce in the mark of a reservation whose result is not known yet.")
        String nonce) {}
