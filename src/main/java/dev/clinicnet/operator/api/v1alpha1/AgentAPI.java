package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/** The agent's own API as an internal endpoint; {@code host} is the public name kept for it. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record AgentAPI(String host) {}
