package dev.clinicnet.simulator.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/** The answer to {@link Auth}. With an error, the connection ends after it. */
public record AuthAnswer(
    @JsonProperty("Version") String version,
    @JsonProperty("ClientId") String clientId,
    @JsonProperty("Error") String error,
    @JsonProperty("Extra") Extra extra) {

  /** What the platform says of itself and of the session. */
  public record Extra(
      @JsonProperty("Version") String version,
      @JsonProperty("Region") String region,
      @JsonProperty("Cookie") String cookie,
      @JsonProperty("AccountName") String accountName,
      @JsonProperty("SessionDuration") long sessionDuration,
      @JsonProperty("PlanName") String planName,
      @JsonProperty("Banner") String banner,
      @JsonProperty("ConnectAddresses") List<String> connectAddresses,
      @JsonProperty("AgentSessionID") String agentSessionId) {

    /** The cookie is left out. */
    @Override
    public String toString() {
      return "Extra[session=" + agentSessionId + "]";
    }
  }

  /** A session. */
  static AuthAnswer accepted(OpenedSession session) {
    return new AuthAnswer(
        "3",
        session.clientId(),
        "",
        new Extra(
            "simulator",
            "us",
            session.cookie(),
            "Simulated account",
            0,
            "Simulated plan",
            "",
            List.of(),
            session.sessionId()));
  }

  static AuthAnswer refused(Refused refusal) {
    return new AuthAnswer(
        "3", "", refusal.text(), new Extra("simulator", "us", "", "", 0, "", "", List.of(), ""));
  }
}
