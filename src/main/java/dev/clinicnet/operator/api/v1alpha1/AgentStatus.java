package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** An agent that holds a session with the Clinic's authtoken. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record AgentStatus(
    @JsonPropertyDescription("ngrok's id of the agent's session (ts_...).") String sessionID,
    @JsonPropertyDescription("The agent's version.") String version,
    @JsonPropertyDescription("The IP address from which the agent connects.") String ip,
    @JsonPropertyDescription("The ngrok region that it is connected to.") String region,
    @JsonPropertyDescription("When the session began.") String startedAt) {}
