package dev.clinicnet.operator.ngrok;

/**
 * A secret in a vault. Its name is unique there. The platform never returns its value; a new value
 * reaches every policy that reads it without a change of an endpoint.
 */
public record VaultSecret(
    String id,
    String createdAt,
    String name,
    String description,
    String metadata,
    Ref vault,
    String vaultName)
    implements RemoteObject {

  /** The body of a creation. The name consists of {@code a-zA-Z0-9_/.} only. */
  public record Create(
      String vaultId, String name, SecretValue value, String description, String metadata) {}

  /** Null members stay as they are; the vault cannot be changed. */
  public record Update(SecretValue value, String description, String metadata) {}
}
