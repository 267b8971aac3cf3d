package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/** An agent that holds a session with the Clinic's authtoken. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record AgentStatus(
    String sessionID, String version, String ip, String region, String startedAt) {}
