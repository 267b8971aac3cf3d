package dev.clinicnet.operator.ngrok;

/** The body that changes an object: null members stay as they are. */
public sealed interface Changes
    permits Credential.Update,
        Endpoint.Update,
        ReservedAddr.Update,
        ReservedDomain.Update,
        ServiceUser.Update,
        Vault.Update,
        VaultSecret.Update {

  /** The text with our mark; null if none is sent. */
  String metadata();

  /** Whether it gives up a name for which another object may wait. */
  default boolean freesName() {
    return false;
  }
}
