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
            "Always: Accepted, ResolvedRefs, Programmed, and Ready, which is True when these"
                + " three are True. Not part of Ready: Open, and, while the session is open,"
                + " AgentOnline (an agent binds the internal endpoint of the service). Only while"
                + " they are True: Reconciling, Stalled.")
        @ListMap(key = "type")
        List<Condition> conditions,
    @JsonPropertyDescription(
            "Pending: it was requested, and the service is not open yet. Open: the service is"
                + " open. Closed: it was open, and has ended. Failed: it was refused, or its time"
                + " passed before the service was open. Closed and Failed are final.")
        SessionPhase phase,
    @JsonPropertyDescription(
            "The user name of the person who opened it. The admission policy records it. It"
                + " is 'unknown' if that policy is not installed, or if the operator may not check"
                + " this.")
        String openedBy,
    @JsonPropertyDescription("Where the service is reached. Absent unless the session is open.")
        String publicURL,
    @JsonPropertyDescription("When the service was opened for the session. Absent before.")
        @Format("date-time")
        String openedAt,
    @JsonPropertyDescription(
            "When the time of the session is over: spec.duration after it was accepted."
                + " Absent before it is accepted.")
        @Format("date-time")
        String expiresAt,
    @JsonPropertyDescription("When it ended. Absent before.") @Format("date-time")
        String closedAt) {

  /** The status of a session that was not reconciled yet. */
  public static final ClinicSessionStatus EMPTY =
      new ClinicSessionStatus(null, null, null, null, null, null, null, null);

  /** The status of a session; {@link #EMPTY} before it was reconciled. */
  public static ClinicSessionStatus of(ClinicSession session) {
    return session.getStatus() == null ? EMPTY : session.getStatus();
  }

  public ClinicSessionStatus {
    observedGeneration = ObservedGeneration.orNull(observedGeneration);
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
  }

  /** The same status of a session that somebody asked for. */
  public ClinicSessionStatus withOpenedBy(String user) {
    return with(phase, user, publicURL, openedAt, expiresAt, closedAt);
  }

  /** The same status in another phase. */
  public ClinicSessionStatus withPhase(SessionPhase other) {
    return with(other, openedBy, publicURL, openedAt, expiresAt, closedAt);
  }

  /** The same status of a session whose time runs until a moment. */
  public ClinicSessionStatus withExpiresAt(String end) {
    return with(phase, openedBy, publicURL, openedAt, end, closedAt);
  }

  /** The same status of a session that is open. */
  public ClinicSessionStatus withOpen(String url, String since) {
    return with(SessionPhase.Open, openedBy, url, since, expiresAt, closedAt);
  }

  /** The same status of a session that has ended. */
  public ClinicSessionStatus withEnd(SessionPhase end, String at) {
    return with(end, openedBy, null, openedAt, expiresAt, at);
  }

  /** The same status with the conditions of a generation. */
  public ClinicSessionStatus judged(long generation, List<Condition> judgement) {
    return new ClinicSessionStatus(
        generation, judgement, phase, openedBy, publicURL, openedAt, expiresAt, closedAt);
  }

  private ClinicSessionStatus with(
      SessionPhase stage, String user, String url, String since, String end, String at) {
    return new ClinicSessionStatus(
        observedGeneration, conditions, stage, user, url, since, end, at);
  }
}
