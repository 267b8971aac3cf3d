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

  /** The text that is to hold our mark; null where none is sent. */
  String metadata();

  /** Whether it gives up a name that somebody may wait for. */
  default boolean freesName() {
    return false;
  }
}
