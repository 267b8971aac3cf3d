package dev.clinicnet.operator.ngrok;

/** A service user, formerly bot user. It has no metadata: its unique name is all that marks it. */
public record ServiceUser(String id, String createdAt, String name, boolean active)
    implements RemoteObject {

  /** The body of a creation. */
  public record Create(String name, boolean active) {}
}
