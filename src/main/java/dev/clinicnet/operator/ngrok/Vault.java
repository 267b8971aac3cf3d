package dev.clinicnet.operator.ngrok;

/** A vault for secrets that traffic policies read. Its name is unique in the account. */
public record Vault(String id, String createdAt, String name, String description, String metadata)
    implements RemoteObject {

  /** The body of a creation. The name consists of {@code a-zA-Z0-9_/.} only. */
  public record Create(String name, String description, String metadata) {}

  /** Null members stay as they are. */
  public record Update(String description, String metadata) {}
}
