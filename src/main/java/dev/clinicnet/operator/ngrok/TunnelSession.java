package dev.clinicnet.operator.ngrok;

/** A connected agent. The platform lists only those that are online. */
public record TunnelSession(
    String id,
    String agentVersion,
    Ref credential,
    String ip,
    String os,
    String region,
    String startedAt,
    String metadata)
    implements RemoteObject {}
