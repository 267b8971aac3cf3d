package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.clinicnet.operator.api.schema.Format;
import java.util.List;

/** The sessions that have an on-demand service open. A null {@code openUntil} means none. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record OnDemandStatus(
    @JsonPropertyDescription(
            "The names of the ClinicSessions that keep the service open. Empty while it is"
                + " closed.")
        List<String> sessions,
    @JsonPropertyDescription(
            "When the last of them expires: from then on the public endpoint denies everything by itself. Absent while it is closed.")
        @Format("date-time")
        String openUntil,
    @JsonPropertyDescription(
            "The agent's name for the endpoint that the operator starts through the agent's"
                + " API. The operator writes it before it starts the endpoint, and removes it when"
                + " it knows that the endpoint was stopped.")
        String agentEndpoint) {

  /** The status of a closed service without an endpoint at an agent. */
  public static final OnDemandStatus EMPTY = new OnDemandStatus(null, null, null);

  public OnDemandStatus {
    sessions = sessions == null ? List.of() : List.copyOf(sessions);
  }

  /** The same status with the name of another endpoint at the agent; null for none. */
  public OnDemandStatus withAgentEndpoint(String name) {
    return new OnDemandStatus(sessions, openUntil, name);
  }
}
