package dev.clinicnet.operator.ngrok;

import java.util.List;

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
    implements RemoteObject {

  @Override
  public String naturalKey() {
    return null;
  }

  @Override
  public String markText() {
    return null;
  }

  @Override
  public String createdAt() {
    return startedAt;
  }

  @Override
  public Ref parent() {
    return credential;
  }

  @Override
  public List<Field> fields() {
    return List.of();
  }
}
