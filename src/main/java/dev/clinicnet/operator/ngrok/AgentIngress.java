package dev.clinicnet.operator.ngrok;

import java.util.List;

/** A connect URL that belongs to the account. */
public record AgentIngress(String id, String domain) implements RemoteObject {

  @Override
  public String naturalKey() {
    return domain;
  }

  @Override
  public String markText() {
    return null;
  }

  @Override
  public List<Field> fields() {
    return List.of();
  }
}
