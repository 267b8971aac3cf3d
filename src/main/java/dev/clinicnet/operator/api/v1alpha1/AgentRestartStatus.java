package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/** A restart of agents that is under way. It is written down before the first agent restarts. */
public record AgentRestartStatus(
    @JsonPropertyDescription("The value of the annotation clinicnet.dev/restart-agents.")
        String text,
    @JsonPropertyDescription(
            "The sessions of the agents that restart. An agent that has restarted has another"
                + " session, so none restarts twice.")
        List<String> sessionIDs) {

  public AgentRestartStatus {
    sessionIDs = sessionIDs == null ? List.of() : List.copyOf(sessionIDs);
  }
}
