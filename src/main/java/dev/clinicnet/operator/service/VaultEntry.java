package dev.clinicnet.operator.service;

import dev.clinicnet.operator.ngrok.SecretValue;
import java.util.Objects;

/**
 * A value of a service that belongs in the vault.
 *
 * @param purpose its purpose, such as {@code oauth-client-secret}: lower-case letters, digits and
 *     '-', unique within the service
 * @param version changes with the value: the source Secret's uid, a slash and its resourceVersion
 */
record VaultEntry(String purpose, String version, SecretValue value) {

  VaultEntry {
    if (!purpose.matches("[a-z0-9-]+")) {
      throw new IllegalArgumentException("purpose " + purpose);
    }
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(value, "value");
  }
}
