package dev.clinicnet.operator.ngrok;

import java.util.List;

/** A service user, formerly bot user. It has no metadata, so its unique name is its mark. */
public record ServiceUser(String id, String createdAt, String name, boolean active)
    implements RemoteObject {

  @Override
  public String naturalKey() {
    return name;
  }

  @Override
  public String markText() {
    return null;
  }

  @Override
  public List<Field> fields() {
    return List.of();
  }

  /** The body of a creation. */
  public record Create(String name, boolean active) {}

  /** Null members stay as they are. */
  public record Update(String name, Boolean active) implements Changes {
    @Override
    public String metadata() {
      return null;
    }
  }
}
