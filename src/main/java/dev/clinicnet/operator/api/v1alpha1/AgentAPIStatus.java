package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.clinicnet.operator.api.schema.Format;

/** How the operator reaches the agent's API. Null members: not yet. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record AgentAPIStatus(
    @JsonPropertyDescription(
            "The public cloud endpoint at spec.agent.api.host. Absent until it exists.")
        EndpointStatus endpoint,
    @JsonPropertyDescription(
            "The Secret with the operator's client certificate, its authority and the"
                + " password. The operator writes and renews it.")
        String secretName,
    @JsonPropertyDescription(
            "When the operator's client certificate expires. The operator renews it 30 days"
                + " before.")
        @Format("date-time")
        String certificateExpiresAt) {}
