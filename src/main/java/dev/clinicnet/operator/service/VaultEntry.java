package dev.clinicnet.operator.service;

import dev.clinicnet.operator.ngrok.SecretValue;
import java.util.Objects;

/**
 * A value of a service that belongs in the vault.
 *
 * @param purpose its purpose, such as {@code oauth-client-secret}: lower-case letters, digits and
 *     '-', unique within the service
 * @param version changes with the value: the source Secret's uid, a slash and its resourceVersion;
 *     or what identifies the value
 * @param value null for a value that the vault has and the operator does not: it stays as it is
 */
record VaultEntry(String purpose, String version, SecretValue value) {

  VaultEntry {
    if (!purpose.matches("[a-z0-9-]+")) {
      throw new IllegalArgumentException("purpose " + purpose);
    }
    Objects.requireNonNull(version, "version");
  }

  /** An entry that stays as it is. */
  static VaultEntry kept(String purpose, String version) {
    return new VaultEntry(purpose, version, null);
  }
}
