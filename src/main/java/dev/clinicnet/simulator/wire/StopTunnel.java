package dev.clinicnet.simulator.wire;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The platform has ended an endpoint, and says why. */
record StopTunnel(
    @JsonProperty("Id") String id,
    @JsonProperty("Message") String message,
    @JsonProperty("ErrorCode") String errorCode) {}
