package dev.clinicnet.operator.ngrok;

import java.util.List;

/** A vault for secrets that traffic policies read. Its name is unique in the account. */
public record Vault(String id, String createdAt, String name, String description, String metadata)
    implements RemoteObject {

  @Override
  public String naturalKey() {
    return name;
  }

  @Override
  public String markText() {
    return metadata;
  }

  @Override
  public List<Field> fields() {
    return List.of();
  }

  /** The body of a creation. The name consists of {@code a-zA-Z0-9_/.-}. */
  public record Create(String name, String description, String metadata) {}

  /** Null members stay as they are. */
  public record Update(String name, String description, String metadata) implements Changes {}
}
