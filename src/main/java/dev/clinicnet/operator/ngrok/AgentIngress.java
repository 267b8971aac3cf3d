package dev.clinicnet.operator.ngrok;

/** A connect URL of the account's own. */
public record AgentIngress(String id, String domain) implements RemoteObject {}
