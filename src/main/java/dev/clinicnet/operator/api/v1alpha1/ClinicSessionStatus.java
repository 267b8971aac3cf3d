package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.clinicnet.operator.api.schema.Format;
import dev.clinicnet.operator.api.schema.ListMap;
import java.util.List;

/** The record of a session: who, what, from when to when. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ClinicSessionStatus(
    @JsonPropertyDescription(
            "The metadata.generation that this status was computed from. -1 until the operator has looked at the object.")
        Long observedGeneration,
    @JsonPropertyDescription(
            "Accepted, ResolvedRefs, Programmed and Ready (the three before it); beside Ready: Open, AgentOnline (an agent binds the internal endpoint of the service; only while the session is open); and only while True: Reconciling, Stalled.")
        @ListMap(key = "type")
        List<Condition> conditions,
    @JsonPropertyDescription(
            "Pending: asked for. Open. Closed: not open any more. Failed: refused, or never opened. Closed and Failed are ends.")
        SessionPhase phase,
    @JsonPropertyDescription(
            "Who opened it, as the API server knew the user: stamped by the admission policy. unknown where that is not installed.")
        String openedBy,
    @JsonPropertyDescription("Where the service is reached. Absent unless the session is open.")
        String publicURL,
    @JsonPropertyDescription("When the service was open for it. Absent before.")
        @Format("date-time")
        String openedAt,
    @JsonPropertyDescription(
            "When its time is over: the moment it was accepted, and spec.duration. Absent before.")
        @Format("date-time")
        String expiresAt,
    @JsonPropertyDescription("When it ended. Absent before.") @Format("date-time")
        String closedAt) {

  /** The status of a session that nobody has looked at yet. */
  public static final ClinicSessionStatus EMPTY =
      new ClinicSessionStatus(null, null, null, null, null, null, null, null);

  public ClinicSessionStatus {
    observedGeneration = ObservedGeneration.orNull(observedGeneration);
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
  }
}
