package dev.clinicnet.operator.service;

import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.policy.Cel;

/**
 * What the vault and its secrets are called. The text of the platform's refusal allows letters,
 * digits, '_', '/' and '.' only; captured answers also have '-'. The names here need neither that
 * nor a change of what exists. Names in Kubernetes and of instances have '-' too: it becomes '_',
 * and '_', which only an instance can have, becomes '/'. So two names never become one.
 */
final class VaultNames {
  private VaultNames() {}

  /** The one vault of an instance: {@code clinicnet-<instance>}. */
  static String vault(String instance) {
    return "clinicnet_" + permitted(instance);
  }

  /** A secret: {@code <namespace>/<service>/<purpose>}. */
  static String secret(Owner service, String purpose) {
    return permitted(service.namespace())
        + "/"
        + permitted(service.name())
        + "/"
        + permitted(purpose);
  }

  /** The text by which a policy reads a secret, in a field that ngrok interpolates. */
  static String reference(String vault, String secret) {
    return "${secrets.get(" + Cel.quote(vault) + ", " + Cel.quote(secret) + ")}";
  }

  private static String permitted(String name) {
    return name.replace('_', '/').replace('-', '_');
  }
}
