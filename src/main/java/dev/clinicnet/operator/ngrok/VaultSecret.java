package dev.clinicnet.operator.ngrok;

import java.util.List;

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

  @Override
  public String naturalKey() {
    return vault == null ? null : key(vault.id(), name);
  }

  @Override
  public String displayName() {
    return name;
  }

  @Override
  public String markText() {
    return metadata;
  }

  @Override
  public Ref parent() {
    return vault;
  }

  @Override
  public List<Field> fields() {
    return List.of(Field.text("vault", vaultName));
  }

  /** The natural key of a secret of this name in a vault. */
  public static String key(String vaultID, String name) {
    return vaultID + " " + name;
  }

  /** The body of a creation. The name consists of {@code a-zA-Z0-9_/.-}. */
  public record Create(
      String vaultId, String name, SecretValue value, String description, String metadata) {}

  /** Null members stay as they are; the vault cannot be changed. */
  public record Update(String name, SecretValue value, String description, String metadata)
      implements Changes {}
}
